package io.nucleon.runtime.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks for programs as a shell would. */
final class Interpreters {

    private Interpreters() {}

    /** The first executable of those names on PATH; null if there is none. */
    static Path onPath(List<String> names) {
        for (String name : names) {
            for (Path folder : pathFolders()) {
                Path candidate = folder.resolve(name);
                if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    /** Whether a command of that name is on PATH. */
    static boolean has(String name) {
        return onPath(List.of(name)) != null;
    }

    private static List<Path> pathFolders() {
        String path = System.getenv("PATH");
        List<Path> folders = new ArrayList<>();
        for (String folder : (path == null ? "/usr/local/bin:/usr/bin:/bin" : path).split(File.pathSeparator)) {
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder));
            }
        }
        return folders;
    }
}
