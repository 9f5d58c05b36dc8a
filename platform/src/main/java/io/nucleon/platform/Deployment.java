package io.nucleon.platform;

import io.nucleon.spec.FunctionConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be deployed. Immutable.
 *
 * @param config the whole function
 * @param built the portable folder that a build made; it belongs to the platform from now on
 * @param readiness how long the function may take until it takes events
 * @param probe an event that it must answer before others reach it
 */
public record Deployment(FunctionConfig config, Path built, Duration readiness, Optional<Probe> probe) {
    /** As nuclio. */
    public static final Duration READINESS = Duration.ofMinutes(2);

    public Deployment {
        Objects.requireNonNull(built, "built");
    }

    /**
     * An event that shows whether a function works.
     *
     * @param path begins with a slash
     * @param body empty for a GET, else it is sent by POST
     * @param limit for the answer, which must have a status below 400
     */
    public record Probe(String path, String body, Duration limit) {}
}
