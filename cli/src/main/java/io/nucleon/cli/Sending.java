package io.nucleon.cli;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.NucleonException;
import io.nucleon.host.ErrorJson;
import io.nucleon.host.JsonReader;
import io.nucleon.host.JsonTree;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Sends events to the process that runs a function and follows each to its end. Confined to one command. */
final class Sending {

    private final FunctionEvents function;
    private final Duration timeout;
    private final boolean toBroker;
    private final boolean onlyChecks;
    private final Map<String, SentEvent> open = new LinkedHashMap<>();

    /** Hears of each step. */
    interface Listener {
        default void sent(SentEvent one) {}

        /** A try has ended, maybe the last one. */
        default void tried(SentEvent one) {}

        /** Its handler will ack it by itself. */
        default void held(SentEvent one) {}

        default void ended(SentEvent one) {}
    }

    Sending(FunctionEvents function, Duration timeout, boolean toBroker) {
        this(function, timeout, toBroker, false);
    }

    /** @param onlyChecks whether the process only says what it would do */
    Sending(FunctionEvents function, Duration timeout, boolean toBroker, boolean onlyChecks) {
        this.onlyChecks = onlyChecks;
        this.function = function;
        this.timeout = timeout;
        this.toBroker = toBroker;
    }

    /**
     * Sends copies of an event at once and returns when all of them have ended.
     *
     * @throws NucleonException what the process says is wrong, NUC-8002 if there is none, NUC-8004 if they take too long
     */
    void send(EventInput event, int copies, Listener listener) {
        JsonWriter json = new JsonWriter().object();
        json.name("kinds").array();
        event.kinds().forEach(json::value);
        json.endArray().name("trigger").value(event.trigger());
        json.name("where").object();
        event.where().forEach((value, paths) -> {
            json.name(value).array();
            paths.forEach(json::value);
            json.endArray();
        });
        json.endObject();
        json.name("via").value(toBroker ? "broker" : "local");
        json.name("place").value(event.place());
        json.name("timeoutMs").value(timeout.toMillis());
        JsonTree.write(json.name("from"), event.from());
        String members = JsonTree.text(event.sendable());
        json.name("events").array();
        for (int i = 0; i < copies; i++) {
            json.json(members);
        }
        json.endArray().endObject();
        function.send(onlyChecks ? "check" : "send", json.toString(), line -> take(line, listener));
        if (!open.isEmpty()) {
            open.clear();
            throw broken("it has closed the connection");
        }
    }

    /** Sends an event and returns when it has ended. */
    SentEvent sendOne(EventInput event) {
        AtomicReference<SentEvent> ended = new AtomicReference<>();
        send(event, 1, new Listener() {
            @Override
            public void ended(SentEvent one) {
                ended.set(one);
            }
        });
        if (ended.get() == null) {
            throw broken("it has closed the connection");
        }
        return ended.get();
    }

    private void take(String text, Listener listener) {
        ErrorJson.read(text).ifPresent(error -> {
            throw error.toException();
        });
        Map<String, Object> line = JsonReader.object(text).orElseThrow(() -> broken("a line is no JSON"));
        String kind = JsonReader.text(line, "kind");
        if (kind.equals("sent")) {
            SentEvent one = SentEvent.of(line).orElseThrow(() -> broken("an event has no id"));
            open.put(one.id(), one);
            listener.sent(one);
            return;
        }
        SentEvent one = open.get(JsonReader.text(line, "id"));
        if (one == null) {
            throw broken("it tells of an event that was not sent");
        }
        switch (kind) {
            case "answer" -> {
                one.answered(line);
                listener.tried(one);
            }
            case "held" -> listener.held(one);
            case "end" -> {
                one.ended(line);
                open.remove(one.id());
                listener.ended(one);
            }
            default -> {
                // of a newer host
            }
        }
    }

    private NucleonException broken(String why) {
        return ErrorMessage.of(
                        ErrorCode.ANSWER_BROKEN,
                        "what the process of '" + function.function() + "' says can't be read",
                        why,
                        "see what its terminal says, then send again")
                .toException();
    }
}
