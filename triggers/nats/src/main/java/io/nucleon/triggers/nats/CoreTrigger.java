package io.nucleon.triggers.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.SourceRules;
import io.nucleon.trigger.SourceEvent;
import io.nucleon.trigger.SourceMessage;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerSetting;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/**
 * Subscribes to a subject of core NATS, which keeps nothing: a message is delivered at most once to this group. What can be done is done:
 * messages that handlers are too slow for wait here, up to a bound; only then are they lost, which is counted and said.
 */
final class CoreTrigger implements Trigger {

    /** Open at once; the library holds as many again, and more only by dropping. */
    private static final int WINDOW = 1024;

    private static final long MOST_WAITING = 65_536;
    private static final long MOST_WAITING_BYTES = 64L << 20;

    private final TriggerSetting setting;
    private final CoreSetting core;
    private final Deliverer deliverer;
    private final NatsClient client;
    private final Semaphore room = new Semaphore(WINDOW);
    private volatile Dispatcher dispatcher;

    CoreTrigger(TriggerSetting setting, CoreSetting core, Deliverer deliverer) {
        this.setting = setting;
        this.core = core;
        this.deliverer = deliverer;
        this.client = new NatsClient(setting, core.client());
    }

    @Override
    public void start() {
        client.start(this::subscribe, connection -> {
            // the dispatcher has a thread of its own
        });
    }

    private void subscribe(Connection connection) {
        dispatcher = connection.createDispatcher(this::received);
        dispatcher.setPendingLimits(MOST_WAITING, MOST_WAITING_BYTES);
        dispatcher.subscribe(core.topic(), core.queueName());
    }

    /** On the dispatcher's thread, which waits while too many are open. */
    private void received(Message message) throws InterruptedException {
        room.acquire();
        deliverer.deliver(List.of(
                new CoreEvent(Mapping.of(message, setting.clock().wallNanos()).build())));
    }

    @Override
    public CompletionStage<Void> drain() {
        Dispatcher open = dispatcher;
        if (open != null) {
            open.unsubscribe(core.topic());
        }
        return deliverer.drain();
    }

    @Override
    public SourceRules rules() {
        return SourceRules.UNHEARD;
    }

    @Override
    public void stop() {
        client.close();
    }

    @Override
    public String address() {
        return "";
    }

    /** A message that nobody waits to hear of. */
    private final class CoreEvent extends SourceEvent {

        CoreEvent(SourceMessage message) {
            super(setting.source(), message);
        }

        @Override
        public long lane() {
            return NO_LANE;
        }

        @Override
        public boolean comesAgain() {
            return false;
        }

        @Override
        public void ack() {
            room.release();
        }

        @Override
        public void nack(long delayNanos) {
            room.release();
        }

        @Override
        public void hold() {
            room.release();
        }
    }
}
