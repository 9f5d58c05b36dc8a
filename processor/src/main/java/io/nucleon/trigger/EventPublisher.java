package io.nucleon.trigger;

import io.nucleon.invoke.Event;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The broker of a trigger as a place to put events: dead letters go to one of its topics or queues. Safe for many threads. */
public interface EventPublisher {

    /**
     * Puts a copy of an event there; never blocks.
     *
     * @param place name of the topic, queue or subject
     * @param event readable until the stage is done
     * @param headers name, value, name, value; what is to be said beside the event's own headers
     * @return done when the broker has it for good, failed when it does not take it
     */
    CompletionStage<Void> publish(String place, Event event, List<String> headers);
}
