package io.nucleon.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** Whether what lies in a file is to be believed. Stateless. */
public final class Ownership {
    private Ownership() {}

    /** Why others than this user and root can have written a file, or into a folder; empty if they can't. */
    public static Optional<String> objection(Path path) {
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
            if (rights.contains(PosixFilePermission.OTHERS_WRITE)) {
                return Optional.of("everybody can write to it");
            }
            if (rights.contains(PosixFilePermission.GROUP_WRITE)) {
                return Optional.of("its group can write to it");
            }
            return isOurs(path) ? Optional.empty() : Optional.of("it belongs to another user");
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.of("nobody can tell whose it is");
        }
    }

    private static boolean isOurs(Path path) throws IOException {
        Path self = Path.of("/proc/self");
        if (Files.exists(self)) {
            Object owner = Files.getAttribute(path, "unix:uid");
            return owner.equals(0) || owner.equals(Files.getAttribute(self, "unix:uid"));
        }
        return Files.getOwner(path).getName().equals(System.getProperty("user.name"));
    }
}
