package io.nucleon.spec.platform;

import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.yaml.Node;
import java.time.Duration;
import java.util.Optional;

/**
 * The docker platform.
 *
 * @param network of functions that name none
 * @param restartPolicy of functions that name none
 * @param volumes mounted into every function, as they are
 */
public record LocalConfig(
        boolean healthChecks,
        Duration healthTimeout,
        Duration healthInterval,
        String network,
        Attributes restartPolicy,
        Optional<Node> volumes) {
    /** As nuclio. */
    public static final Duration DEFAULT_HEALTH_TIMEOUT = Duration.ofSeconds(5);

    /** As nuclio. */
    public static final Duration DEFAULT_HEALTH_INTERVAL = Duration.ofSeconds(30);

    static LocalConfig read(Fields local) {
        var read = new LocalConfig(
                local.bool("functionContainersHealthinessEnabled", true),
                local.duration("functionContainersHealthinessTimeout", DEFAULT_HEALTH_TIMEOUT),
                local.duration("functionContainersHealthinessInterval", DEFAULT_HEALTH_INTERVAL),
                local.text("defaultFunctionContainerNetworkName", ""),
                local.attributes("defaultFunctionRestartPolicy"),
                local.raw("defaultFunctionVolumes"));
        local.done();
        return read;
    }
}
