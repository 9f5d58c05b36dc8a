package io.nucleon.invoke;

import java.util.List;

/**
 * Events of one lane in a row, as their source holds them. An event is made when it is asked for, which happens once for most, by whoever is
 * about to call its handler; twice when its try begins anew.
 */
public interface EventSpan {

    /** The lane of all of them, as {@link DurableEvent#lane()}. */
    long lane();

    /** How many there are, 1 or more. */
    int size();

    /** One of them; by one thread at a time. */
    DurableEvent event(int index);

    /** Those from {@code from} up to before {@code to} are done: in place of the {@link DurableEvent#ack} of each; likewise on an event loop. */
    void ack(int from, int to);

    /** Events of one lane that are there already: those from {@code from} up to before {@code to}. */
    static EventSpan of(List<? extends DurableEvent> events, int from, int to) {
        return new ListSpan(events.subList(from, to));
    }
}
