package io.nucleon.trigger.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds who listens on a port, by {@code /proc}, for the message that says that it is taken. */
final class PortOwner {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int SHOWN_COMMAND = 60;

    private PortOwner() {}

    /** Such as {@code process 8412 (node server.js) listens on it}; empty if it can't be seen. */
    static Optional<String> describe(InetSocketAddress address) {
        Set<String> inodes = new HashSet<>();
        collect(PROC.resolve("net/tcp"), address.getPort(), inodes);
        collect(PROC.resolve("net/tcp6"), address.getPort(), inodes);
        if (inodes.isEmpty()) {
            return Optional.empty();
        }
        return owner(inodes).or(() -> Optional.of("a process of another user listens on it"));
    }

    private static void collect(Path table, int port, Set<String> inodes) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        try {
            for (String line : Files.readAllLines(table)) {
                String[] fields = line.trim().split("\\s+");
                if (fields.length > INODE && fields[STATE].equals(LISTENING) && fields[1].endsWith(suffix)) {
                    inodes.add("socket:[" + fields[INODE] + "]");
                }
            }
        } catch (IOException e) {
            // Not Linux, or hidden: then the message goes without a name.
            return;
        }
    }

    private static Optional<String> owner(Set<String> inodes) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process.resolve("fd"), inodes)) {
                    return Optional.of("process " + process.getFileName() + command(process) + " listens on it");
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean holds(Path descriptors, Set<String> inodes) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : open) {
                if (inodes.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // Ended meanwhile, or another user's.
            return false;
        }
        return false;
    }

    private static String command(Path process) {
        try {
            String line = Files.readString(process.resolve("cmdline"))
                    .replace('\0', ' ')
                    .strip();
            String printable = line.replaceAll("\\p{Cntrl}", " ");
            return printable.isEmpty()
                    ? ""
                    : " (" + printable.substring(0, Math.min(SHOWN_COMMAND, printable.length())) + ")";
        } catch (IOException e) {
            return "";
        }
    }
}
