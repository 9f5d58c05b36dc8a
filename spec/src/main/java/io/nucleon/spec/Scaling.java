package io.nucleon.spec;

import io.nucleon.spec.field.Choice;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.yaml.Node;
import java.util.List;
import java.util.Optional;

/**
 * How many copies of a function a cluster runs. As written; {@link DeployCheck} holds the rule of min and max.
 *
 * @param replicas a fixed count
 * @param targetCpuPercent absent = the platform's, 75
 * @param customMetrics Kubernetes' metric specs, as they are
 */
public record Scaling(
        Optional<Integer> replicas,
        Optional<Integer> minReplicas,
        Optional<Integer> maxReplicas,
        Optional<Integer> targetCpuPercent,
        List<ScaleResource> scaleResources,
        Optional<Node> customMetrics,
        List<Metric> metrics) {
    /** A reason to scale to zero. */
    public record ScaleResource(String metricName, String windowSize, int threshold) {}

    /** A reason to scale up. */
    public record Metric(
            String metricName,
            String windowSize,
            int threshold,
            Optional<SourceType> sourceType,
            Optional<DisplayType> displayType) {}

    /** Where Kubernetes finds a metric. */
    public enum SourceType implements Choice {
        RESOURCE("Resource"),
        PODS("Pods"),
        EXTERNAL("External"),
        OBJECT("Object"),
        CONTAINER_RESOURCE("ContainerResource");

        private final String word;

        SourceType(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** How a threshold is shown. */
    public enum DisplayType implements Choice {
        INT("int"),
        PERCENTAGE("percentage");

        private final String word;

        DisplayType(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    static Scaling read(Fields spec) {
        Fields zero = spec.map("scaleToZero");
        zero.accept("lastScaleEvent", "lastScaleEventTime");
        var read = new Scaling(
                spec.optionalInteger("replicas", 0, Integer.MAX_VALUE),
                spec.optionalInteger("minReplicas", 0, Integer.MAX_VALUE),
                spec.optionalInteger("maxReplicas", 0, Integer.MAX_VALUE),
                spec.optionalInteger("targetCPU", 0, Integer.MAX_VALUE).filter(percent -> percent > 0),
                zero.each("scaleResources", Scaling::resource),
                spec.raw("customScalingMetricSpecs"),
                spec.each("autoScaleMetrics", Scaling::metric));
        zero.done();
        return read;
    }

    private static ScaleResource resource(Fields item) {
        return new ScaleResource(item.text("metricName", ""), item.text("windowSize", ""), threshold(item));
    }

    private static Metric metric(Fields item) {
        return new Metric(
                item.text("metricName", ""),
                item.text("windowSize", ""),
                threshold(item),
                item.optionalChoice("sourceType", SourceType.class),
                item.optionalChoice("displayType", DisplayType.class));
    }

    private static int threshold(Fields item) {
        return item.integer("threshold", 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
