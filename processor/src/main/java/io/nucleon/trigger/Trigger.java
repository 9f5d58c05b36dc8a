package io.nucleon.trigger;

import io.nucleon.invoke.SourceRules;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A source of events of one kind; owns its clients. Started once, stopped once; methods may be called from any thread. */
public interface Trigger {

    /**
     * Starts to deliver events; returns when it does (a listener is bound, a client subscribed or retrying).
     *
     * @throws io.nucleon.error.NucleonException NUC-5xxx when it can't be started
     */
    void start();

    /** Takes no new events; done when every open one was answered. */
    CompletionStage<Void> drain();

    /** A handler has acked one of its events by itself; offset as the event had it. Called on an event loop, must not block. */
    default void acked(String topic, int partition, long streamOffset) {}

    /** Its broker as a place for events, where it can be one. */
    default Optional<EventPublisher> publisher() {
        return Optional.empty();
    }

    /**
     * How its source treats events; asked once, before the start. Events that {@code nucleon events send} makes go to the trigger's deliverer
     * and are treated so in its stead.
     */
    default SourceRules rules() {
        return SourceRules.ACKED;
    }

    /** Ends its clients now. */
    void stop();

    /** Where it can be reached, for banners: {@code http://127.0.0.1:8080}; empty if nowhere. */
    String address();
}
