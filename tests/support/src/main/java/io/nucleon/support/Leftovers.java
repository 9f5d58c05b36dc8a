package io.nucleon.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Looks for what a processor left behind. Whatever it starts inherits a mark in its environment, so that even an orphan is found; sockets
 * lie in a temporary folder that only it has; segments with a name lie in {@code /dev/shm}.
 */
final class Leftovers {

    private static final Path PROC = Path.of("/proc");
    private static final Path SHM = Path.of("/dev/shm");

    private Leftovers() {}

    /** The environment variable {@code name=value} is the mark. Lines that say what each process is. */
    static List<String> processes(String name, String value) {
        byte[] mark = (name + "=" + value).getBytes(StandardCharsets.UTF_8);
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process.resolve("environ"), mark)) {
                    found.add("process " + process.getFileName() + ": " + commandOf(process));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("reading /proc failed", e);
        }
        return found;
    }

    private static boolean holds(Path environ, byte[] mark) {
        try {
            String text = new String(Files.readAllBytes(environ), StandardCharsets.ISO_8859_1);
            return ("\0" + text).contains("\0" + new String(mark, StandardCharsets.ISO_8859_1) + "\0");
        } catch (IOException e) {
            // it has ended, or belongs to somebody else and is none of ours
            return false;
        }
    }

    private static String commandOf(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "ended meanwhile";
        }
    }

    /** Files below a folder, the folder itself and journals not counted: those are meant to stay. */
    static List<String> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !path.startsWith(folder.resolve("nucleon/journal")))
                    .filter(path -> !path.equals(folder) && !Files.isDirectory(path))
                    .map(path -> "file " + path)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("listing " + folder + " failed", e);
        }
    }

    /** Segments with a name, of any processor. */
    static Set<String> segments() {
        Set<String> found = new TreeSet<>();
        if (!Files.isDirectory(SHM)) {
            return found;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(SHM, "nucleon-*")) {
            folders.forEach(folder -> found.add("segment " + folder));
        } catch (IOException e) {
            throw new IllegalStateException("listing " + SHM + " failed", e);
        }
        return found;
    }
}
