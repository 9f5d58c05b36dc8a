package io.nucleon.triggers.shards;

import io.nucleon.invoke.Deliverer;
import io.nucleon.trigger.Backlog;
import io.nucleon.trigger.Lanes;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerSetting;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/**
 * Reads a stream of shards together with the other processors of its group. What is open is bounded for each shard; the rest stays with the
 * stream. A shard's position moves on when every record before it is done: answered, or among the dead letters.
 */
public final class ShardTrigger implements Trigger {

    /** Pages are up to 10 MB each. */
    private static final int READS = 8;

    private final Deliverer deliverer;
    private final Coordinator coordinator;

    /**
     * Starts nothing yet.
     *
     * @param me names this processor in the leases, like no other of its group
     */
    public ShardTrigger(
            TriggerSetting trigger,
            ShardSetting setting,
            ShardSource stream,
            LeaseStore leases,
            String me,
            Deliverer deliverer) {
        this.deliverer = deliverer;
        Backlog backlog = new Backlog();
        Lanes lanes = new Lanes(trigger.spec().delivery().ordering());
        Semaphore reads = new Semaphore(READS);
        this.coordinator = new Coordinator(
                trigger,
                setting,
                stream,
                new Group(me, leases, setting, trigger.clock()),
                bell -> new ShardReader.Shared(
                        trigger, setting, stream, deliverer, backlog, lanes, reads, this::isResting, bell, this::list));
    }

    private boolean isResting() {
        return coordinator.isDraining() || deliverer.isCongested();
    }

    private void list() {
        coordinator.listAgain();
    }

    @Override
    public void start() {
        coordinator.start();
    }

    @Override
    public CompletionStage<Void> drain() {
        return coordinator.drain(deliverer::drain);
    }

    @Override
    public void acked(String topic, int partition, long streamOffset) {
        coordinator.acked(partition, streamOffset);
    }

    @Override
    public void stop() {
        coordinator.close();
    }

    @Override
    public String address() {
        return "";
    }
}
