package io.nucleon.builder;

import io.nucleon.spec.FunctionConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a build made. Immutable.
 *
 * @param config the function with runtime and handler filled in
 * @param artifact the folder or tar; null for images that went to Docker or a registry, and for a Dockerfile
 * @param image the image's name, empty for a folder
 * @param digest of the image's manifest, in Docker of its configuration, else of the folder's files: {@code sha256:…}; the same for the same source
 * @param dockerfile its text, if it is what was asked for
 * @param steps in their order
 */
public record BuildReport(
        FunctionConfig config,
        Path artifact,
        String image,
        String digest,
        Optional<String> dockerfile,
        List<Taken> steps) {
    public BuildReport {
        steps = List.copyOf(steps);
    }

    /**
     * A step that was taken.
     *
     * @param cached whether all of it was there already
     */
    public record Taken(String name, long millis, boolean cached) {}
}
