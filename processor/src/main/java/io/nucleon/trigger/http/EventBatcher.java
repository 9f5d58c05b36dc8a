package io.nucleon.trigger.http;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Event;
import io.nucleon.trigger.TriggerSetting.BatchSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Gathers events until a batch is full or its first event has waited long enough, then gives them to one worker. Any thread. Batches of
 * all loops are one, so that a batch is as full as it can be; the invoker is called without the lock.
 */
final class EventBatcher {

    private final HttpTrigger trigger;
    private final BatchSetting setting;
    private List<Event> events = new ArrayList<>();
    private List<HttpExchange> exchanges = new ArrayList<>();
    /** Counts batches, so that a timer knows whether its batch has gone already. */
    private long number;

    /** What is given at once. */
    private record Batch(List<Event> events, List<HttpExchange> exchanges) {}

    EventBatcher(HttpTrigger trigger, BatchSetting setting) {
        this.trigger = trigger;
        this.setting = setting;
    }

    /** Takes an event in, on its exchange's loop. */
    void add(HttpExchange exchange, Event event) {
        exchange.lend();
        Batch full = null;
        boolean first;
        long mine;
        synchronized (this) {
            first = events.isEmpty();
            mine = number;
            events.add(event);
            exchanges.add(exchange);
            if (events.size() >= setting.size()) {
                full = cut();
            }
        }
        if (full != null) {
            give(full);
        } else if (first) {
            exchange.loop.after(setting.timeoutNanos(), TimeUnit.NANOSECONDS, () -> timeUp(mine));
        }
    }

    /** Gives what there is. */
    void flush() {
        Batch rest;
        synchronized (this) {
            rest = cut();
        }
        give(rest);
    }

    synchronized int waiting() {
        return events.size();
    }

    private void timeUp(long started) {
        Batch due = null;
        synchronized (this) {
            if (number == started) {
                due = cut();
            }
        }
        if (due != null) {
            give(due);
        }
    }

    private Batch cut() {
        Batch batch = new Batch(events, exchanges);
        events = new ArrayList<>();
        exchanges = new ArrayList<>();
        number++;
        return batch;
    }

    private void give(Batch batch) {
        List<Event> events = new ArrayList<>();
        List<HttpExchange> replies = new ArrayList<>();
        for (int i = 0; i < batch.events().size(); i++) {
            HttpExchange exchange = batch.exchanges().get(i);
            if (exchange.isGone()) {
                exchange.loop.deliver(exchange, HttpExchange.NOTHING, true);
            } else {
                events.add(batch.events().get(i));
                replies.add(exchange);
            }
        }
        if (events.isEmpty()) {
            return;
        }
        try {
            trigger.invoker().invokeBatch(events, trigger.setting().waitNanos(), replies);
        } catch (RuntimeException e) {
            refuse(replies, e);
        }
    }

    private void refuse(List<HttpExchange> exchanges, RuntimeException cause) {
        trigger.complaints()
                .say(
                        ErrorMessage.of(
                                ErrorCode.INTERNAL, "giving a batch to a worker failed", "a bug of Nucleon", ""),
                        cause);
        for (HttpExchange exchange : exchanges) {
            ResponseHead head = new ResponseHead(exchange.loop.clock());
            exchange.loop.deliver(exchange, exchange.plain(head, null, 500, "", ErrorCode.INTERNAL), true);
        }
    }
}
