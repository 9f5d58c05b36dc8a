package io.nucleon.builder.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Gives nuclio's health check to an image that lies in a tar of Docker's form; jib keeps the one of a base, but sets none. Stateless. */
final class HealthCheck {
    /** The file of jib's tars that tells how the image runs. */
    private static final String CONFIG = "config.json";

    /** As nuclio. */
    static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** Program and arguments. */
    static final List<String> COMMAND = List.of("/usr/local/bin/uhttpc", "--url", "http://127.0.0.1:8082/ready");

    private HealthCheck() {}

    /**
     * Copies the image with the check in place of any other.
     *
     * @param interval between two checks
     * @return what Docker calls the image: the digest of its configuration, {@code sha256:…}
     */
    static String add(Path from, Path to, Duration interval) throws IOException {
        String id = "";
        try (var in = new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(from)));
                var out = new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(to)))) {
            out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(CONFIG)) {
                    byte[] config = with(in.readAllBytes(), interval);
                    id = digest(config);
                    // A new one: the input still counts by the old one's length.
                    var changed = new TarArchiveEntry(CONFIG);
                    changed.setModTime(entry.getLastModifiedTime());
                    changed.setSize(config.length);
                    out.putArchiveEntry(changed);
                    out.write(config);
                } else {
                    out.putArchiveEntry(entry);
                    in.transferTo(out);
                }
                out.closeArchiveEntry();
            }
        }
        if (id.isEmpty()) {
            throw new IOException(from + " holds no " + CONFIG);
        }
        return id;
    }

    private static byte[] with(byte[] image, Duration interval) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode check = json.createObjectNode();
        ArrayNode test = check.putArray("Test").add("CMD");
        COMMAND.forEach(test::add);
        check.put("Interval", interval.toNanos());
        check.put("Timeout", TIMEOUT.toNanos());
        ObjectNode tree = (ObjectNode) json.readTree(image);
        tree.withObject("/config").set("Healthcheck", check);
        return json.writeValueAsBytes(tree);
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
