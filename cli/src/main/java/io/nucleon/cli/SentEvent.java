package io.nucleon.cli;

import io.nucleon.error.Look;
import io.nucleon.host.JsonReader;
import io.nucleon.journal.EventJson;
import io.nucleon.journal.InvocationId;
import io.nucleon.journal.RecordedAnswer;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** One event that was sent to a function's process, as far as that has told of it. Confined to one command. */
final class SentEvent {

    private static final int SHORT_ID = 8;

    private final String id;
    private final String source;
    private final int most;
    private int tries;
    private Timing timing = new Timing(0, 0, 0);
    private long worker = -1;
    private RecordedAnswer answer;
    private String state = "open";
    private String ack = "";

    private SentEvent(String id, String source, int most) {
        this.id = id;
        this.source = source;
        this.most = most;
    }

    /** Of the line that says that it was sent; empty if that makes no sense. */
    static Optional<SentEvent> of(Map<String, Object> line) {
        String id = JsonReader.text(line, "id");
        return InvocationId.isOne(id)
                ? Optional.of(new SentEvent(id, JsonReader.text(line, "source"), (int) JsonReader.number(line, "of")))
                : Optional.empty();
    }

    /** A try has ended. */
    void answered(Map<String, Object> line) {
        tries = (int) JsonReader.number(line, "try");
        worker = line.containsKey("worker") ? JsonReader.number(line, "worker") : -1;
        Map<String, Object> ms = JsonReader.asObject(line.get("ms")).orElse(Map.of());
        timing = new Timing(millis(ms, "queue"), millis(ms, "handler"), millis(ms, "transport"));
        answer = EventJson.answer(JsonReader.asObject(line.get("answer")).orElse(Map.of()));
    }

    private static double millis(Map<String, Object> ms, String name) {
        return ms.get(name) instanceof BigDecimal number ? number.doubleValue() : 0;
    }

    /** Nothing more will happen to it. */
    void ended(Map<String, Object> line) {
        state = JsonReader.text(line, "state");
        ack = JsonReader.text(line, "ack");
    }

    String id() {
        return id;
    }

    String shortId() {
        return id.substring(0, SHORT_ID);
    }

    String source() {
        return Look.harmless(source);
    }

    int tries() {
        return tries;
    }

    /** How many tries it has. */
    int most() {
        return most;
    }

    Timing timing() {
        return timing;
    }

    /** -1 for none. */
    long worker() {
        return worker;
    }

    /** Of the last try. */
    Optional<RecordedAnswer> answer() {
        return Optional.ofNullable(answer);
    }

    /** {@code ok}, {@code failed}, {@code dead-lettered}, {@code rejected}, {@code returned}; {@code open} until it has ended. */
    String state() {
        return state;
    }

    /** What its source would have been told; may be empty. */
    String ack() {
        return Look.harmless(ack);
    }

    boolean isOk() {
        return state.equals("ok");
    }

    /** Why the last try failed; empty if it did not. */
    String why() {
        if (answer == null || answer.isResponded()) {
            return "";
        }
        String reason = answer.reason().isEmpty() ? answer.code() : answer.reason();
        return Look.harmless(reason).replace('\n', ' ');
    }
}
