package io.nucleon.spec;

import io.nucleon.spec.field.Fields;
import io.nucleon.spec.yaml.Node;
import java.util.List;
import java.util.Optional;

/**
 * What a cluster needs to know of a function's pod. Kubernetes' own types are kept as they are.
 *
 * @param user from {@code securityContext}, which containers use too
 * @param serviceType legacy; the http trigger's attribute wins
 * @param devices for containers, {@code /dev/x:/dev/x:rwm}
 */
public record Pod(
        Optional<Node> envFrom,
        User user,
        Optional<Node> securityContext,
        String serviceAccount,
        String serviceType,
        Optional<Node> deploymentStrategy,
        boolean hostIpc,
        List<String> devices,
        Optional<Node> sidecars,
        Optional<Node> initContainers) {
    /** Ids that the function's processes run under; absent = the image's. */
    public record User(Optional<Long> runAsUser, Optional<Long> runAsGroup, Optional<Long> fsGroup) {}

    static Pod read(Fields spec) {
        Fields security = spec.map("securityContext");
        return new Pod(
                spec.raw("envFrom"),
                new User(id(security, "runAsUser"), id(security, "runAsGroup"), id(security, "fsGroup")),
                spec.raw("securityContext"),
                spec.text("serviceAccount", ""),
                spec.text("serviceType", ""),
                spec.raw("deploymentStrategy"),
                spec.bool("hostIPC", false),
                spec.texts("devices"),
                spec.raw("sidecars"),
                spec.raw("initContainers"));
    }

    private static Optional<Long> id(Fields security, String name) {
        return security.optionalLong(name, 0, Integer.toUnsignedLong(-1));
    }
}
