package io.nucleon.builder.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Files that are made for images and are the same in each. They have lasting places: jib tells a layer that it has by the names and times of
 * its files, and would compress one anew that has others. Safe for many threads and processes.
 */
record MadeFiles(Path folder) {

    /** The file of that content, made if it isn't there. */
    Path of(byte[] content) throws IOException {
        Path file = folder.resolve(sha256(content));
        if (!Files.exists(file)) {
            Path made = Files.createTempFile(Files.createDirectories(folder), ".new-", "");
            Files.write(made, content);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    /** In hexadecimal digits. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
