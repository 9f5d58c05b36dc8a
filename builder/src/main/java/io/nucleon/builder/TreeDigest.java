package io.nucleon.builder;

import io.nucleon.builder.source.CodeTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a folder holds as one number: names, contents, which files are executable, where links lead. No times, owners or places. Stateless. */
public final class TreeDigest {
    private static final int BUFFER_BYTES = 64 * 1024;

    private TreeDigest() {}

    /** {@code sha256:…} of a folder's code. */
    public static String of(Path folder) throws IOException {
        MessageDigest digest = sha256();
        for (Path path : CodeTree.entries(folder)) {
            String kind = Files.isSymbolicLink(path)
                    ? "link"
                    : Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                            ? "folder"
                            : Files.isExecutable(path) ? "program" : "file";
            text(digest, kind);
            text(digest, folder.relativize(path).toString());
            if (kind.equals("link")) {
                text(digest, Files.readSymbolicLink(path).toString());
            } else if (!kind.equals("folder")) {
                file(digest, path);
            }
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /** {@code sha256:…} of one file's bytes. */
    static String ofFile(Path path) throws IOException {
        MessageDigest digest = sha256();
        file(digest, path);
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /** {@code sha256:…} of texts, each told from the next. */
    static String of(Iterable<String> texts) {
        MessageDigest digest = sha256();
        texts.forEach(text -> text(digest, text));
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private static void text(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static void file(MessageDigest digest, Path file) throws IOException {
        digest.update((Files.size(file) + ":").getBytes(StandardCharsets.US_ASCII));
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
