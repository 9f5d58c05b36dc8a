package io.nucleon.spec.platform;

import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.yaml.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Kubernetes platform. Kubernetes' own types are kept as they are. */
public record KubeConfig(
        String kubeConfigPath,
        String serviceType,
        Map<String, String> nodeSelector,
        Ingress ingress,
        PriorityClass priorityClass,
        String serviceAccount,
        Optional<Node> podResources,
        Optional<Node> sidecarResources,
        Optional<Node> tolerations,
        Attributes preemptibleNodes) {
    /** As nuclio. */
    public static final String DEFAULT_SERVICE_TYPE = "ClusterIP";

    /** As nuclio. */
    public static final String DEFAULT_INGRESS_CLASS = "nginx";

    /** As nuclio. */
    public static final String DEFAULT_PREEMPTIBLE_MODE = "prevent";

    /** Ingresses of functions that say nothing of their own. */
    public record Ingress(String hostTemplate, Map<String, String> annotations, String className) {}

    /**
     * Priority classes.
     *
     * @param valid empty = all
     */
    public record PriorityClass(String name, List<String> valid) {}

    static KubeConfig read(Fields kube) {
        var read = new KubeConfig(
                kube.text("kubeConfigPath", ""),
                kube.text("defaultServiceType", DEFAULT_SERVICE_TYPE),
                kube.textMap("defaultFunctionNodeSelector"),
                new Ingress(
                        kube.text("defaultHTTPIngressHostTemplate", ""),
                        kube.textMap("defaultHTTPIngressAnnotations"),
                        kube.text("defaultHTTPIngressClassName", DEFAULT_INGRESS_CLASS)),
                new PriorityClass(
                        kube.text("defaultFunctionPriorityClassName", ""),
                        kube.texts("validFunctionPriorityClassNames")),
                kube.text("defaultFunctionServiceAccount", ""),
                kube.raw("defaultFunctionPodResources"),
                kube.raw("defaultSidecarResources"),
                kube.raw("defaultFunctionTolerations"),
                kube.attributes("preemptibleNodes"));
        kube.done();
        return read;
    }

    /** The mode of functions that name none. */
    public String preemptibleMode() {
        return preemptibleNodes.fields(new Problems()).text("defaultMode", DEFAULT_PREEMPTIBLE_MODE);
    }
}
