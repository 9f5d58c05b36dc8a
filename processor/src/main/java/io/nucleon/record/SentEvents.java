package io.nucleon.record;

import io.nucleon.delivery.DeadLetters;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.MessageText;
import io.nucleon.error.NucleonException;
import io.nucleon.host.JsonReader;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Reply;
import io.nucleon.invoke.ResponseView;
import io.nucleon.journal.Entry;
import io.nucleon.journal.EventJson;
import io.nucleon.journal.RecordedEvent;
import io.nucleon.journal.Tries;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Events that people send by hand: {@code events send} and {@code replay} ask for them over the control socket. They enter a trigger's own
 * way below its client: its deliverer, with order, tries and dead letters as its file says; what its broker would be told is said instead.
 * Safe for many threads.
 */
public final class SentEvents {

    private static final String END = "";
    private static final int MOST_TEXT = 0xFFFF;
    private static final int MOST_EVENTS = 10_000;
    /** Of events that their handlers have not acked. */
    private static final int MOST_HELD = 10_000;

    private static final long LONGEST_MILLIS = 3_600_000;
    private static final long LONGEST_QUEUE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final FunctionJournal journal;
    private final Map<String, SentTarget> targets = new LinkedHashMap<>();
    private final Map<String, Long> offsets = new ConcurrentHashMap<>();
    /** Those whose handlers may ack by themselves, by topic, partition and offset. */
    private final Map<String, SentEvent> explicit = new ConcurrentHashMap<>();

    SentEvents(FunctionJournal journal) {
        this.journal = journal;
    }

    /** Makes a trigger known, before the function starts. */
    public synchronized void connect(SentTarget target) {
        targets.put(target.source().name(), target);
    }

    /**
     * A place for dead letters that tells those who sent an event by hand.
     *
     * @param words what becomes of it there
     * @param pretends whether such events are not put there: it is a broker's place, and they did not come from the broker
     */
    public static DeadLetters noting(DeadLetters place, String words, boolean pretends) {
        return (letter, receipt) -> {
            if (letter.event() instanceof SentEvent sent) {
                sent.givenUp(words);
                if (pretends) {
                    receipt.told(null);
                    return;
                }
            }
            place.put(letter, receipt);
        };
    }

    /** A handler has acked an event by itself; whether it was one that was sent by hand, which is no broker's business. */
    public boolean acked(String topic, int partition, long streamOffset) {
        SentEvent sent = explicit.isEmpty() ? null : explicit.remove(place(topic, partition, streamOffset));
        if (sent != null) {
            sent.acked();
        }
        return sent != null;
    }

    private static String place(String topic, int partition, long offset) {
        return topic + "/" + partition + "@" + offset;
    }

    /** Sends what a request asks for and tells each step in a line of JSON, until all has ended; waits for it. */
    void send(String request, LineWriter out) throws InterruptedException, IOException {
        send(request, false, out);
    }

    /** The same up to where it would go: tells what is wrong with it, or that nothing is, and sends nothing. */
    void check(String request, LineWriter out) throws InterruptedException, IOException {
        send(request, true, out);
    }

    private void send(String request, boolean onlyChecks, LineWriter out) throws InterruptedException, IOException {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        long limitMillis;
        int open;
        try {
            Map<String, Object> asked = JsonReader.object(request).orElseThrow(() -> wrong("it is no JSON object"));
            limitMillis = Math.clamp(JsonReader.number(asked, "timeoutMs"), 1, LONGEST_MILLIS);
            open = start(asked, onlyChecks, lines);
        } catch (NucleonException e) {
            out.line(MessageText.json(e.error()));
            return;
        }
        long limitNanos = journal.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        while (open > 0) {
            String line = lines.poll(limitNanos - journal.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                out.line(MessageText.json(ErrorMessage.of(
                        ErrorCode.CALL_TIMED_OUT,
                        open + (open == 1 ? " event has" : " events have") + " not ended within " + limitMillis + " ms",
                        "what was sent goes on",
                        "wait longer: --timeout 5m")));
                return;
            }
            if (line.equals(END)) {
                open--;
            } else {
                out.line(line);
            }
        }
    }

    /** Takes one line to who asked. */
    interface LineWriter {
        void line(String text) throws IOException;
    }

    private static NucleonException wrong(String why) {
        return ErrorMessage.of(ErrorCode.USAGE, "the event can't be sent", why, "see one: nucleon events show kafka")
                .toException();
    }

    private int start(Map<String, Object> asked, boolean onlyChecks, BlockingQueue<String> lines) {
        SentTarget target = target(asked);
        Map<String, Object> from = JsonReader.asObject(asked.get("from")).orElse(Map.of());
        List<?> given = asked.get("events") instanceof List<?> list ? list : List.of();
        if (given.isEmpty() || given.size() > MOST_EVENTS) {
            throw wrong("it asks for " + given.size() + " events; 1 to " + MOST_EVENTS + " go at once");
        }
        List<SentEvent> events = new ArrayList<>();
        for (Object one : given) {
            Map<String, Object> members = JsonReader.asObject(one).orElseThrow(() -> wrong("an event is no object"));
            try {
                events.add(event(target, SentMembers.filled(members, from, target.configuration()), onlyChecks, lines));
            } catch (IllegalArgumentException e) {
                throw wrong(e.getMessage());
            }
        }
        boolean toBroker = JsonReader.text(asked, "via").equals("broker");
        if (toBroker && target.publisher() == null) {
            throw wrong("trigger '" + target.source().name() + "' has no broker that events can be put into");
        }
        String place = toBroker ? place(asked, target, events) : "";
        if (onlyChecks) {
            String where = (toBroker ? place + " of the broker of" : "") + " trigger '"
                    + target.source().name() + "'";
            events.forEach(event -> event.checked("would go to " + where.strip()));
        } else if (toBroker) {
            publish(target, events, place);
        } else if (target.deliverer() == null) {
            events.forEach(event -> target.invoker().invoke(event, LONGEST_QUEUE_NANOS, new Caller(event)));
        } else {
            target.deliverer().deliver(events);
        }
        return events.size();
    }

    /** Where the broker is to put them: what the request or the trigger's file names, else the event's own topic. */
    private static String place(Map<String, Object> asked, SentTarget target, List<SentEvent> events) {
        String topic = events.getFirst().extra("topic");
        return SentMembers.filled(Map.of(), Map.of("place", JsonReader.text(asked, "place")), target.configuration())
                .getOrDefault("place", topic.isEmpty() ? events.getFirst().path() : topic)
                .toString();
    }

    private static void publish(SentTarget target, List<SentEvent> events, String place) {
        for (SentEvent event : events) {
            target.publisher()
                    .apply(place, event)
                    .whenComplete((done, failure) -> event.published(
                            place,
                            failure instanceof CompletionException && failure.getCause() != null
                                    ? failure.getCause()
                                    : failure));
        }
    }

    private synchronized SentTarget target(Map<String, Object> asked) {
        List<String> kinds = asked.get("kinds") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        SentTarget named = targets.get(JsonReader.text(asked, "trigger"));
        if (named != null && (kinds.isEmpty() || named.isOf(kinds))) {
            return named;
        }
        Map<String, Object> where = JsonReader.asObject(asked.get("where")).orElse(Map.of());
        Optional<SentTarget> found = targets.values().stream()
                .filter(target -> target.isOf(kinds) && target.has(where))
                .findFirst();
        return found.orElseThrow(() -> ErrorMessage.of(
                        ErrorCode.TRIGGER_NOT_THERE,
                        "function '" + journal.function() + "' has no "
                                + (kinds.isEmpty() ? JsonReader.text(asked, "trigger") : kinds.getFirst()) + " trigger"
                                + (where.isEmpty() ? "" : " with '" + String.join("', '", where.keySet()) + "'"),
                        "its triggers: "
                                + targets.values().stream()
                                        .map(one -> one.spec().name() + " ("
                                                + one.spec().kind() + ")")
                                        .collect(Collectors.joining(", ")),
                        "add one to function.yaml: nucleon explain spec.triggers")
                .toException());
    }

    private SentEvent event(
            SentTarget target, Map<String, Object> members, boolean onlyChecks, BlockingQueue<String> lines) {
        RecordedEvent read = EventJson.event(members);
        long offset = read.streamOffset();
        if (members.get("offset") == null && read.shard() >= 0) {
            String partition = target.source().name() + "/" + read.extra("topic") + "/" + read.shard();
            // one that is only looked at takes no number
            offset = onlyChecks
                    ? offsets.getOrDefault(partition, -1L) + 1
                    : offsets.merge(partition, 0L, (a, b) -> a + 1);
        }
        RecordedEvent event = new RecordedEvent(
                target.source().name(),
                target.source().kind(),
                target.source().className(),
                read.timeNanos() == 0 ? journal.now() : read.timeNanos(),
                read.method(),
                read.path(),
                read.query(),
                read.contentType().isEmpty() ? read.header("Content-Type").orElse("") : read.contentType(),
                read.sourceId(),
                read.shard(),
                offset,
                read.extra(),
                read.headers(),
                read.body(),
                read.objectBody());
        checkSizes(event);
        String id = journal.newId();
        Entry entry = Entry.deadLetter(id, journal.now(), journal.function(), event, Tries.NONE);
        String place = place(event.extra("topic"), event.shard(), event.streamOffset());
        boolean explicitAck = target.hasExplicitAck() && explicit.size() < MOST_HELD;
        long lane = target.laneOf(new KeptEvent(entry, target.source()));
        Consumer<String> told = lines::add;
        SentEvent sent = new SentEvent(entry, target.source(), lane, target.rules(), explicitAck, told, () -> {
            explicit.remove(place);
            lines.add(END);
        });
        if (explicitAck) {
            explicit.put(place, sent);
        }
        JsonWriter json =
                new JsonWriter().object().name("kind").value("sent").name("id").value(id);
        json.name("trigger").value(target.source().name()).name("source").value(event.origin());
        json.name("of")
                .value(
                        target.deliverer() == null
                                ? 1
                                : target.spec().delivery().retry().maxAttempts());
        lines.add(json.endObject().toString());
        return sent;
    }

    /** What a frame has room for, PROTOCOL.md §2. */
    private static void checkSizes(RecordedEvent event) {
        checkSize("headers", event.headers());
        checkSize("topic and url", event.extra());
        checkSize("path and query", List.of(event.path(), event.query()));
        checkSize("contentType", List.of(event.contentType()));
        checkSize("sourceId", List.of(event.sourceId()));
    }

    private static void checkSize(String what, List<String> texts) {
        int bytes = texts.stream()
                .mapToInt(text -> 1 + text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (bytes > MOST_TEXT) {
            throw wrong(what + " take " + bytes + " bytes, and at most " + MOST_TEXT + " go with an event");
        }
    }

    /** Waits for the answer of an event that knows no ack. */
    private record Caller(SentEvent event) implements Reply {

        @Override
        public void respond(Invocation invocation, ResponseView response) {
            if (!response.more()) {
                event.done();
            }
        }

        @Override
        public void chunk(Invocation invocation, ByteBuffer part, boolean last, boolean failed) {
            if (last) {
                event.done();
            }
        }

        @Override
        public void fail(Invocation invocation, Failure failure) {
            event.done();
        }
    }
}
