package io.nucleon.record;

import io.nucleon.host.JsonTree;
import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.SourceRules;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.spec.trigger.ExplicitAck;
import io.nucleon.spec.trigger.Trigger;
import io.nucleon.spec.trigger.TriggerKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * A trigger as a place to send events to by hand. Immutable.
 *
 * @param configuration the trigger as its file has it, for what an event takes from there
 * @param rules how its source treats events
 * @param invoker where events go whose sender waits for the answer, copied for it
 * @param deliverer where all others go; null for a trigger whose callers all wait
 * @param publisher puts events into its broker; null if it can't
 */
public record SentTarget(
        TriggerSource source,
        Trigger spec,
        Map<String, Object> configuration,
        SourceRules rules,
        Invoker invoker,
        Deliverer deliverer,
        BiFunction<String, Event, CompletionStage<Void>> publisher) {

    /** Lanes of real events have smaller numbers. */
    private static final long LANES = 1L << 62;

    /** Of shards that are no numbers. */
    private static final String SHARD = "X-Nucleon-Shard";

    private static final String KEY = "X-Nucleon-Key";

    /** Whether the trigger is of one of those kinds, as files or as handlers call it. */
    boolean isOf(List<String> kinds) {
        return kinds.contains(spec.kind()) || kinds.contains(source.kind());
    }

    /** Whether its file has each of those values, at one of the paths beside it. */
    boolean has(Map<String, Object> where) {
        return where.entrySet().stream()
                .allMatch(one -> one.getValue() instanceof List<?> paths
                        && paths.stream()
                                .flatMap(path -> JsonTree.at(configuration, String.valueOf(path)).stream())
                                .anyMatch(value -> String.valueOf(value).equals(one.getKey())));
    }

    /** Whether handlers may ack its events by themselves. */
    boolean hasExplicitAck() {
        return TriggerKind.of(spec.kind()).filter(TriggerKind::stream).isPresent()
                && spec.delivery().explicitAck() != ExplicitAck.DISABLE;
    }

    /** Which events wait for one another, by the ordering that its file asks for. */
    long laneOf(Event event) {
        if (rules.inOrder()) {
            return LANES;
        }
        String shard = event.shard() >= 0 ? Integer.toString(event.shard()) : event.header(SHARD);
        if (shard == null) {
            return DurableEvent.NO_LANE;
        }
        return switch (spec.delivery().ordering()) {
            case PARTITION -> LANES | ((event.extra("topic").hashCode() + 31L * shard.hashCode()) & 0xFFFF_FFFFL);
            case KEY -> {
                String key = event.header(KEY);
                yield key == null ? DurableEvent.NO_LANE : LANES | (key.hashCode() & 0xFFFF_FFFFL);
            }
            case NONE -> DurableEvent.NO_LANE;
        };
    }
}
