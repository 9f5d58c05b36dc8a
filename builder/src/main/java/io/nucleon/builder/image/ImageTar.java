package io.nucleon.builder.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A tar of an image, as {@code docker save} writes it, asked for its name. Stateless. */
final class ImageTar {
    private static final String MANIFEST = "manifest.json";

    /** A manifest names a few files; a larger one is none. */
    private static final int LIMIT = 1 << 20;

    private ImageTar() {}

    /**
     * What Docker calls the image once it has loaded it: its first name, or without one the digest of its configuration.
     *
     * @throws io.nucleon.error.NucleonException NUC-6007 if the tar tells neither
     */
    static String name(Path tar) throws IOException {
        try (var in = new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(tar)))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(MANIFEST)) {
                    JsonNode image =
                            new ObjectMapper().readTree(in.readNBytes(LIMIT)).path(0);
                    String named = image.path("RepoTags").path(0).asText("");
                    String config = image.path("Config")
                            .asText("")
                            .replaceFirst(".*/", "")
                            .replaceFirst("\\.json$", "");
                    if (!named.isEmpty() || config.matches("[0-9a-f]{64}")) {
                        return named.isEmpty() ? "sha256:" + config : named;
                    }
                    break;
                }
            }
        } catch (IOException e) {
            throw unreadable(tar, String.valueOf(e.getMessage()));
        }
        throw unreadable(tar, "its " + MANIFEST + " tells no image");
    }

    private static RuntimeException unreadable(Path tar, String why) {
        return ErrorMessage.of(
                        ErrorCode.BASE_IMAGE_MISSING,
                        "base image " + tar + " can't be had",
                        why,
                        "write one: docker save -o FILE IMAGE")
                .toException();
    }
}
