package io.nucleon.runtime.shell;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where programs are looked for: the folders of a PATH. Immutable. */
record Programs(List<Path> folders) {

    /** What POSIX shells take when there is none. */
    private static final String USUAL = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    Programs {
        folders = List.copyOf(folders);
    }

    /** Those of a PATH's text, of the processor's own if it is null. */
    static Programs of(String path) {
        String own = path == null ? System.getenv("PATH") : path;
        return new Programs(List.of((own == null ? USUAL : own).split(File.pathSeparator)).stream()
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList());
    }

    /** The first executable file of that name; null if there is none. */
    Path find(String name) {
        for (Path folder : folders) {
            Path candidate = folder.resolve(name);
            if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
