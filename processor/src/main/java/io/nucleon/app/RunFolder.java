package io.nucleon.app;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The 0700 folder in which this process makes its sockets: {@code /tmp/nucleon-UID/PID}. It is made when a socket is and is removed with
 * the last one, so that even a killed processor leaves nothing but what it was starting; what killed ones left is removed by the next.
 */
final class RunFolder {

    private RunFolder() {}

    /** The folder of this process; removes those of processes that are gone. */
    static Path create() throws IOException {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        Path parent = Path.of(System.getProperty("java.io.tmpdir"), "nucleon-" + uid);
        if (!Files.isDirectory(parent)) {
            Files.createDirectories(
                    parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (!Files.getAttribute(parent, "unix:uid").equals(uid)) {
            throw new IOException(parent + " belongs to somebody else");
        }
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
        sweep(parent);
        return parent.resolve(Long.toString(ProcessHandle.current().pid()));
    }

    private static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, "[0-9]*")) {
            for (Path folder : folders) {
                if (ownerIsGone(folder)) {
                    remove(folder);
                }
            }
        }
    }

    private static boolean ownerIsGone(Path folder) {
        try {
            Optional<ProcessHandle> owner =
                    ProcessHandle.of(Long.parseLong(folder.getFileName().toString()));
            return owner.isEmpty();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Removes a folder with the sockets in it. */
    static void remove(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // another process removes it at the same time, or it holds what is not ours
        }
    }
}
