package io.nucleon.spec;

import io.nucleon.spec.field.Choice;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.yaml.Node;
import java.util.Map;
import java.util.Optional;

/** On which nodes of a cluster a function runs. Kubernetes' own types are kept as they are. */
public record Placement(
        Map<String, String> nodeSelector,
        String nodeName,
        Optional<Node> affinity,
        Optional<Node> tolerations,
        String priorityClassName,
        String preemptionPolicy,
        Optional<PreemptionMode> preemptionMode) {
    /** Whether a function may run on nodes that can be taken away. */
    public enum PreemptionMode implements Choice {
        ALLOW("allow"),
        CONSTRAIN("constrain"),
        PREVENT("prevent"),
        NONE("none");

        private final String word;

        PreemptionMode(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    static Placement read(Fields spec) {
        return new Placement(
                spec.textMap("nodeSelector"),
                spec.text("nodeName", ""),
                spec.raw("affinity"),
                spec.raw("tolerations"),
                spec.text("priorityClassName", ""),
                spec.text("preemptionPolicy", ""),
                spec.optionalChoice("preemptionMode", PreemptionMode.class));
    }
}
