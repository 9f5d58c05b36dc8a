package io.nucleon.app;

import io.nucleon.admin.DeliveryCounts;
import io.nucleon.admin.PoolStats;
import io.nucleon.admin.TriggerView;
import io.nucleon.delivery.DeliveryEngine;
import io.nucleon.delivery.DeliveryStats;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.journal.RecordedEvent;
import io.nucleon.record.SentTarget;
import io.nucleon.trigger.EventPublisher;
import io.nucleon.trigger.Trigger;
import io.nucleon.worker.AllocationStats;
import io.nucleon.worker.WorkerPool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trigger of a function, the pool that runs its events, and what sees to it that they are done.
 *
 * @param connects whether it is started; else it only takes events that are sent by hand
 */
record Attached(
        io.nucleon.spec.trigger.Trigger spec,
        TriggerSource source,
        Trigger trigger,
        WorkerPool pool,
        DeliveryEngine delivery,
        boolean connects) {

    /**
     * For events that people send by hand.
     *
     * @param configuration the trigger as its file has it
     * @param watched the pool, with its answers for who sent an event
     */
    SentTarget target(Map<String, Object> configuration, Invoker watched) {
        EventPublisher publisher = trigger.publisher().orElse(null);
        return new SentTarget(
                source,
                spec,
                configuration,
                trigger.rules(),
                watched,
                spec.isHttp() ? null : delivery,
                publisher == null ? null : (place, event) -> publisher.publish(place, event, List.of()));
    }

    /** For banners. */
    String shown(String function) {
        String state = connects
                ? trigger.address()
                : "(not connected; try: nucleon events send " + RecordedEvent.word(spec.kind()) + " " + function + ")";
        return (RecordedEvent.word(spec.kind()) + " " + spec.name() + " " + state).strip();
    }

    /**
     * For the admin pages.
     *
     * @param configuration the trigger as its file has it
     * @param function the whole file
     */
    TriggerView view(Map<String, Object> configuration, Map<String, Object> function) {
        AllocationStats stats = pool.stats();
        Map<String, Object> shown = new LinkedHashMap<>(configuration);
        shown.put("RuntimeConfiguration", function);
        return new TriggerView(
                source.index(),
                spec.name(),
                spec.kind(),
                shown,
                new PoolStats(
                        stats.immediate(),
                        stats.afterWait(),
                        stats.timedOut(),
                        stats.waitMillis(),
                        stats.availablePercent(),
                        pool.waiting()),
                counts(delivery.stats()),
                pool.workers().stream().map(WorkerPool.WorkerState::runtime).toList());
    }

    private static DeliveryCounts counts(DeliveryStats stats) {
        return new DeliveryCounts(
                stats.acked(),
                stats.held(),
                stats.returned(),
                stats.retried(),
                stats.deadLettered(),
                stats.deadLettersRefused(),
                stats.open());
    }
}
