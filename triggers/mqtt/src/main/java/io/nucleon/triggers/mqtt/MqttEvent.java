package io.nucleon.triggers.mqtt;

import io.nucleon.invoke.TriggerSource;
import io.nucleon.trigger.SourceEvent;
import io.nucleon.trigger.SourceMessage;

/** A message as nuclio shows it: path and topic are its topic, id is its number in the connection, 0 if it has none. */
final class MqttEvent extends SourceEvent {

    /** What the trigger has heard of it. Belongs to the connection's loop. */
    enum State {
        OPEN,
        /** Its handler has answered, or it lies where dead letters go. */
        DONE,
        /** It was not done, and the broker is not told of it. */
        LEFT
    }

    private final Session session;
    private final int packetId;
    private final long lane;
    private final boolean again;
    private State state = State.OPEN;

    /**
     * @param packetId 0 for a message that wants no ack
     * @param again whether the broker has sent it before
     */
    MqttEvent(TriggerSource source, SourceMessage message, Session session, int packetId, long lane, boolean again) {
        super(source, message);
        this.session = session;
        this.packetId = packetId;
        this.lane = lane;
        this.again = again;
    }

    int packetId() {
        return packetId;
    }

    boolean wantsAck() {
        return packetId > 0;
    }

    State state() {
        return state;
    }

    void state(State now) {
        state = now;
    }

    @Override
    public long lane() {
        return lane;
    }

    @Override
    public int redeliveries() {
        return again ? 1 : 0;
    }

    @Override
    public boolean comesAgain() {
        return wantsAck();
    }

    @Override
    public void ack() {
        session.heard(this, State.DONE);
    }

    @Override
    public void nack(long delayNanos) {
        session.heard(this, State.LEFT);
    }

    @Override
    public void hold() {
        ack(); // the kind knows no explicit ack
    }
}
