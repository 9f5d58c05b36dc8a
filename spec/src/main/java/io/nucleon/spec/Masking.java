package io.nucleon.spec;

import io.nucleon.spec.field.Secrets;
import io.nucleon.spec.yaml.ListNode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.ScalarNode;

/** Makes a document fit to be shown: every field that holds a secret reads {@value Secrets#MASK}. Safe for many threads. */
public final class Masking {
    private Masking() {}

    /** A copy in which secrets are masked, wherever they stand; the values of environment variables with a telling name too. */
    public static MapNode mask(MapNode document) {
        boolean secretVariable = document.get("name").orElse(null) instanceof ScalarNode name
                && document.get("value").isPresent()
                && Secrets.isSecret(name.text());
        var masked = document.entries().stream()
                .map(entry -> {
                    boolean secret = Secrets.isSecret(entry.key())
                            || (secretVariable && entry.key().equalsIgnoreCase("value"));
                    return new MapNode.Entry(entry.key(), entry.position(), mask(entry.value(), secret));
                })
                .toList();
        return new MapNode(masked, document.position());
    }

    private static Node mask(Node node, boolean secret) {
        return switch (node) {
            case MapNode map -> mask(map);
            case ListNode list ->
                new ListNode(
                        list.items().stream().map(item -> mask(item, secret)).toList(), list.position());
            case ScalarNode scalar
            when secret && !scalar.isNull() && !scalar.text().isEmpty() ->
                new ScalarNode(Secrets.MASK, true, scalar.position());
            case ScalarNode scalar -> withoutPassword(scalar);
        };
    }

    private static ScalarNode withoutPassword(ScalarNode scalar) {
        String text = Secrets.maskUrl(scalar.text());
        return text.equals(scalar.text()) ? scalar : new ScalarNode(text, scalar.quoted(), scalar.position());
    }
}
