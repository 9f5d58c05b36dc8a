package io.nucleon.triggers.nats;

import io.nats.client.Message;
import io.nucleon.trigger.SourceEvent;
import io.nucleon.trigger.SourceMessage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A message of JetStream. */
final class JetStreamEvent extends SourceEvent {

    private final JetStreamTrigger trigger;
    private final Message received;
    private final int redeliveries;
    private final boolean comesAgain;
    /** When the server was last told of it, nanoTime. */
    private final AtomicLong toldNanos;

    JetStreamEvent(
            JetStreamTrigger trigger, Message received, SourceMessage message, int redeliveries, boolean comesAgain) {
        super(trigger.setting().source(), message);
        this.trigger = trigger;
        this.received = received;
        this.redeliveries = redeliveries;
        this.comesAgain = comesAgain;
        this.toldNanos = new AtomicLong(trigger.setting().clock().nanoTime());
    }

    @Override
    public long lane() {
        return NO_LANE;
    }

    @Override
    public int redeliveries() {
        return redeliveries;
    }

    /** Not if the consumer's number of deliveries is used up, or if it wants no acks. */
    @Override
    public boolean comesAgain() {
        return comesAgain;
    }

    /** Asks for more time, if the last time is so long ago. */
    void tellProgress(long nowNanos, long afterNanos) {
        if (nowNanos - toldNanos.get() >= afterNanos) {
            toldNanos.set(nowNanos);
            send("asking for more time", received::inProgress);
        }
    }

    @Override
    public void ack() {
        send("the ack", received::ack);
        trigger.closed(this);
    }

    /** So that the server gives it to nobody any more, and tells those who listen for such. */
    @Override
    public void bury() {
        send("ending a message", received::term);
        trigger.closed(this);
    }

    @Override
    public void nack(long delayNanos) {
        send("giving a message back", () -> {
            if (delayNanos > 0) {
                received.nakWithDelay(Duration.ofNanos(delayNanos));
            } else {
                received.nak();
            }
        });
        trigger.closed(this);
    }

    @Override
    public void hold() {
        ack(); // the kind knows no explicit ack
    }

    /** The library only queues it. */
    private static void send(String what, Runnable receipt) {
        try {
            receipt.run();
        } catch (IllegalStateException e) {
            JetStreamTrigger.complain(what, e); // disconnected for so long that its buffer is full
        }
    }
}
