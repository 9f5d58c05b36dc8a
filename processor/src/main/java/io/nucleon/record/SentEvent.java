package io.nucleon.record;

import io.nucleon.error.JsonWriter;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.SourceRules;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.journal.Entry;
import io.nucleon.journal.EventJson;
import io.nucleon.journal.RecordedAnswer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An event that somebody sends by hand: from the trigger's deliverer on it goes the way of any other, and whoever sent it is told in lines of
 * JSON how each try ended and what its source would be told. The sender can send it again, so it is not kept while it waits for a try.
 */
final class SentEvent extends KeptEvent implements AnswerWatcher {

    private static final double NANOS_A_MILLI = 1e6;

    private final long lane;
    private final SourceRules rules;
    /** Whether its source knows acks that handlers send by themselves. */
    private final boolean explicitAck;

    private final Consumer<String> lines;
    private final Runnable whenEnded;

    private int tries;
    private boolean answered;
    /** That there was no worker. */
    private volatile String unsaid = "";

    private volatile String givenUp = "";
    private boolean held;
    private boolean acked;
    private boolean ended;

    /**
     * An event that is not on its way yet.
     *
     * @param whenEnded called once, when nothing more will be said
     */
    SentEvent(
            Entry entry,
            TriggerSource source,
            long lane,
            SourceRules rules,
            boolean explicitAck,
            Consumer<String> lines,
            Runnable whenEnded) {
        super(entry, source);
        this.lane = lane;
        this.rules = rules;
        this.explicitAck = explicitAck;
        this.lines = lines;
        this.whenEnded = whenEnded;
    }

    @Override
    public boolean comesAgain() {
        return true;
    }

    @Override
    public long lane() {
        return lane;
    }

    /** A try has ended. */
    @Override
    public synchronized void ended(Invocation invocation, RecordedAnswer answer) {
        answered = answer.isResponded();
        if (answer.outcome().equals("unavailable")) {
            // no worker was free: its deliverer waits for one and counts no try, only a caller hears of it
            unsaid = line(invocation, answer, tries + 1);
        } else {
            lines.accept(line(invocation, answer, ++tries));
        }
    }

    private String line(Invocation invocation, RecordedAnswer answer, int number) {
        JsonWriter json = begin("answer").name("try").value(number);
        json.name("worker").value(invocation.worker);
        times(invocation, json.name("ms").object()).endObject();
        EventJson.write(json.name("answer").object(), answer).endObject();
        return json.endObject().toString();
    }

    private static JsonWriter times(Invocation invocation, JsonWriter json) {
        long end = invocation.answeredNanos == 0 ? invocation.arrivedNanos() : invocation.answeredNanos;
        long total = Math.max(0, end - invocation.arrivedNanos());
        long queue = invocation.givenNanos == 0 ? total : invocation.givenNanos - invocation.arrivedNanos();
        long handler = Math.min(invocation.handlerNanos, total - queue);
        return json.name("queue")
                .value(queue / NANOS_A_MILLI)
                .name("handler")
                .value(handler / NANOS_A_MILLI)
                .name("transport")
                .value(Math.max(0, total - queue - handler) / NANOS_A_MILLI);
    }

    /** It is on its way to the dead letters, or would be. */
    void givenUp(String words) {
        givenUp = words;
    }

    @Override
    public void ack() {
        end("ok", rules.ack());
    }

    @Override
    public void bury() {
        end("dead-lettered", givenUp + ", " + rules.bury());
    }

    @Override
    public void nack(long delayNanos) {
        end("returned", rules.nack());
    }

    @Override
    public void hold() {
        boolean early;
        synchronized (this) {
            held = true;
            early = acked;
        }
        if (early || !explicitAck) {
            end("ok", rules.ack());
        } else {
            lines.accept(begin("held").endObject().toString());
        }
    }

    /** Its handler has acked it by itself. */
    void acked() {
        boolean late;
        synchronized (this) {
            acked = true;
            late = held;
        }
        if (late) {
            end("ok", rules.ack());
        }
    }

    @Override
    public Optional<String> reject() {
        if (rules.reject().isEmpty()) {
            return Optional.empty();
        }
        end("rejected", rules.reject());
        return Optional.of("it was sent by hand: its source " + rules.reject());
    }

    /** It was only looked at. */
    void checked(String words) {
        end("checked", words);
    }

    /** Its broker has it, or has not taken it. */
    void published(String place, Throwable failure) {
        if (failure == null) {
            end("published", "published to " + place);
        } else {
            end("refused", "not published to " + place + ": " + failure.getMessage());
        }
    }

    /** Its caller, who waits for the answer and knows no ack, has it. */
    void done() {
        if (!unsaid.isEmpty()) {
            lines.accept(unsaid);
        }
        end(answered ? "ok" : "failed", "");
    }

    private void end(String state, String ack) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        JsonWriter json = begin("end").name("state").value(state);
        json.name("tries").value(tries).name("ack").value(ack.isEmpty() ? null : ack);
        lines.accept(json.endObject().toString());
        whenEnded.run();
    }

    private JsonWriter begin(String kind) {
        return new JsonWriter().object().name("kind").value(kind).name("id").value(invocationId());
    }
}
