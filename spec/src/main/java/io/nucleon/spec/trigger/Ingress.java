package io.nucleon.spec.trigger;

import io.nucleon.spec.field.Fields;
import java.util.List;

/**
 * A host and paths under which Kubernetes serves an http trigger.
 *
 * @param hostTemplate {@code @nuclio.fromDefault} takes the platform's
 * @param randomCharsLength length of the suffix of a DNS label that had to be shortened; -1 = labels are never shortened
 */
public record Ingress(
        String host,
        String hostTemplate,
        int randomCharsLength,
        List<String> paths,
        String pathType,
        String secretName) {
    /** As nuclio. */
    public static final int DEFAULT_RANDOM_CHARS_LENGTH = 8;

    public Ingress {
        paths = List.copyOf(paths);
    }

    static Ingress read(Fields ingress) {
        List<String> paths = ingress.texts("paths");
        return new Ingress(
                ingress.text("host", ""),
                ingress.text("hostTemplate", ""),
                ingress.integer("hostTemplateRandomCharsLength", DEFAULT_RANDOM_CHARS_LENGTH, -1, 63),
                paths.isEmpty() ? List.of("/") : paths,
                ingress.text("pathType", "ImplementationSpecific"),
                ingress.text("secretName", ""));
    }
}
