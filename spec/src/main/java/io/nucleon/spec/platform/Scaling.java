package io.nucleon.spec.platform;

import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.field.Choice;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.yaml.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the cluster platform scales functions. */
public record Scaling(ToZero toZero, Attributes autoScale, MetricsMode metricsMode, Optional<Node> supportedMetrics) {
    /** Scaling to none while nothing happens. */
    public record ToZero(
            String mode,
            Duration scalerInterval,
            Duration resourceReadinessTimeout,
            Optional<Node> scaleResources,
            List<String> inactivityWindowPresets,
            Map<String, String> httpTriggerIngressAnnotations,
            String multiTargetStrategy) {
        /** True when functions are scaled to none. */
        public boolean isEnabled() {
            return mode.equals("enabled");
        }
    }

    /** Which metrics scale a function. */
    public enum MetricsMode implements Choice {
        LEGACY("legacy"),
        CUSTOM("custom");

        private final String word;

        MetricsMode(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    static Scaling read(Fields platform) {
        Fields zero = platform.map("scaleToZero");
        var toZero = new ToZero(
                zero.text("mode", "disabled"),
                zero.duration("scalerInterval", Duration.ofMinutes(1)),
                zero.duration("resourceReadinessTimeout", Duration.ofMinutes(2)),
                zero.raw("scaleResources"),
                zero.texts("inactivityWindowPresets"),
                zero.textMap("httpTriggerIngressAnnotations"),
                zero.text("multiTargetStrategy", "random"));
        zero.done();
        return new Scaling(
                toZero,
                platform.attributes("autoScale"),
                platform.choice("autoScaleMetricsMode", MetricsMode.LEGACY),
                platform.raw("supportedAutoScaleMetrics"));
    }
}
