package io.nucleon.spec;

import io.nucleon.spec.trigger.TriggerKind;
import io.nucleon.spec.yaml.Limits;
import java.util.List;
import java.util.Objects;

/**
 * How a file is read, and what there is where it is read for.
 *
 * @param runtimes that can be had, in the order in which messages list them
 * @param triggerKinds that can be had, in the order in which messages list them
 */
public record ReadOptions(Limits limits, List<String> runtimes, List<String> triggerKinds) {
    /** Everything that has a name can be had. */
    public static final ReadOptions DEFAULT = new ReadOptions(Limits.DEFAULT, RuntimeName.KNOWN, TriggerKind.names());

    public ReadOptions {
        Objects.requireNonNull(limits, "limits");
        runtimes = List.copyOf(runtimes);
        triggerKinds = List.copyOf(triggerKinds);
    }

    public ReadOptions withLimits(Limits other) {
        return new ReadOptions(other, runtimes, triggerKinds);
    }

    /** For where only these runtimes are installed. */
    public ReadOptions withRuntimes(List<String> installed) {
        return new ReadOptions(limits, installed, triggerKinds);
    }

    /** For where only triggers of these kinds are installed. */
    public ReadOptions withTriggerKinds(List<String> installed) {
        return new ReadOptions(limits, runtimes, installed);
    }
}
