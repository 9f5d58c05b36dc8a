package io.nucleon.spec;

import io.nucleon.spec.yaml.Limits;
import java.util.Objects;
import java.util.Set;

/**
 * How a file is read.
 *
 * @param moreTriggerKinds kinds of plug-ins, beyond those that everybody knows
 */
public record ReadOptions(Limits limits, Set<String> moreTriggerKinds) {
    public static final ReadOptions DEFAULT = new ReadOptions(Limits.DEFAULT, Set.of());

    public ReadOptions {
        Objects.requireNonNull(limits, "limits");
        moreTriggerKinds = Set.copyOf(moreTriggerKinds);
    }
}
