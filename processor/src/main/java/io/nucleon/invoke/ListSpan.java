package io.nucleon.invoke;

import java.util.List;

/** Events that were made before, each with a receipt of its own. */
record ListSpan(List<? extends DurableEvent> events) implements EventSpan {

    @Override
    public long lane() {
        return events.getFirst().lane();
    }

    @Override
    public int size() {
        return events.size();
    }

    @Override
    public DurableEvent event(int index) {
        return events.get(index);
    }

    @Override
    public void ack(int from, int to) {
        for (int i = from; i < to; i++) {
            events.get(i).ack();
        }
    }
}
