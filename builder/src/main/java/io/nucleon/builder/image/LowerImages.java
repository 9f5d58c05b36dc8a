package io.nucleon.builder.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What lower images tell of themselves, kept by their ids: to ask jib is to have it read and hash 100 MB. An id says all that its image is
 * made of, and what was kept is checked by it. Safe for many threads and processes.
 */
record LowerImages(Path folder) {

    /**
     * What an image tells.
     *
     * @param id the digest of its configuration, {@code sha256:…}
     */
    JibImage.Told told(String id, JibImage image) throws IOException {
        Path config = folder.resolve(id.replace("sha256:", "") + ".config.json");
        Path manifest = folder.resolve(id.replace("sha256:", "") + ".manifest.json");
        if (Files.exists(manifest) && Files.exists(config)) {
            JibImage.Told kept = new JibImage.Told(Files.readString(config), Files.readString(manifest));
            if (id.equals("sha256:" + MadeFiles.sha256(kept.config().getBytes(StandardCharsets.UTF_8)))) {
                return kept;
            }
        }
        JibImage.Told told = image.told();
        Files.createDirectories(folder);
        keep(config, told.config());
        keep(manifest, told.manifest());
        return told;
    }

    private void keep(Path file, String text) throws IOException {
        Path made = Files.createTempFile(folder, ".new-", "");
        Files.writeString(made, text);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
