package io.nucleon.cli;

import io.nucleon.command.ReplayOptions;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.error.NucleonException;
import io.nucleon.host.JsonReader;
import io.nucleon.journal.EventJson;
import io.nucleon.journal.RecordedAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One event to be sent again. Immutable.
 *
 * @param number its place among those that could be sent, from 1
 * @param id by which it is recorded; empty if its file has none
 * @param dead whether it is a dead letter of the function's journal
 * @param source where it came from, for people
 * @param kind of its trigger as handlers see it
 * @param time when it was first seen; the beginning of time if its file does not say
 * @param line the event as a line of a file has it; read when it is sent, since all of them may not fit into memory
 */
record ReplayItem(
        int number,
        String id,
        Dead dead,
        String source,
        String kind,
        Instant time,
        Supplier<Map<String, Object>> line) {

    private static final int SHORT_ID = 8;

    /** Whether an event is a dead letter that must not stay one when it is done. */
    enum Dead {
        NO,
        /** Its process sends it by itself. */
        AS_IT_IS,
        /** A person has changed it: what is sent is another event. */
        EDITED
    }

    /** What became of it. */
    enum State {
        DONE,
        SAME,
        DIFFERENT,
        FAILED,
        NOT_SENT;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace("_s", "S");
        }
    }

    /** How it ended, in lines for people: one, or one for each difference. */
    record Result(ReplayItem item, State state, List<String> lines) {

        void write(JsonWriter json) {
            json.object().name("number").value(item.number);
            json.name("id")
                    .value(item.id.isEmpty() ? null : item.id)
                    .name("source")
                    .value(item.source);
            json.name("state").value(state.word()).name("outcome").array();
            lines.forEach(json::value);
            json.endArray().endObject();
        }
    }

    boolean isDead() {
        return dead != Dead.NO;
    }

    /** The same as what a person has made of a dead letter. */
    ReplayItem ofDeadLetter() {
        return new ReplayItem(number, id, Dead.EDITED, source, kind, time, line);
    }

    /** As people are shown it: the short id, or its number where it has none. */
    String name() {
        return id.length() >= SHORT_ID ? id.substring(0, SHORT_ID) : "#" + number;
    }

    String shownSource() {
        return Look.harmless(source).replace('\n', ' ');
    }

    Result notSent() {
        return new Result(this, State.NOT_SENT, List.of("would be sent"));
    }

    /** Sends it and waits for its end. */
    Result send(FunctionEvents function, ReplayOptions options) {
        return dead == Dead.AS_IT_IS ? sendDead(function) : sendRecorded(function, options);
    }

    private Result sendDead(FunctionEvents function) {
        String told = function.ask("replay", id).orElse("error its process has ended");
        State state = told.equals("done") ? State.DONE : State.FAILED;
        String words = told.startsWith("error ") ? told.substring("error ".length()) : told;
        return new Result(this, state, List.of(Look.harmless(words)));
    }

    private Result sendRecorded(FunctionEvents function, ReplayOptions options) {
        List<SentEvent> ended = new ArrayList<>();
        Map<String, Object> members = line.get();
        try {
            EventInput input = EventInput.recorded(members);
            new Sending(function, options.timeout(), false)
                    .send(id.isEmpty() ? input : input.again(id), 1, new Sending.Listener() {
                        @Override
                        public void ended(SentEvent one) {
                            ended.add(one);
                        }
                    });
        } catch (NucleonException e) {
            if (!function.isRunning()) {
                throw e;
            }
            return new Result(
                    this,
                    State.FAILED,
                    List.of(e.error().what() + ": " + e.error().why()));
        }
        SentEvent one = ended.getFirst();
        if (dead == Dead.EDITED && one.isOk()) {
            function.discard(id);
        }
        Optional<RecordedAnswer> before = options.diff() ? recordedAnswer(members) : Optional.empty();
        if (before.isPresent() && one.answer().isPresent()) {
            List<String> differences = AnswerDiff.of(before.get(), one.answer().get(), options.ignore());
            boolean fails = one.answer().filter(RecordedAnswer::isResponded).isEmpty();
            State state = differences.isEmpty() ? State.SAME : fails ? State.FAILED : State.DIFFERENT;
            return new Result(this, state, differences.isEmpty() ? List.of("same") : differences);
        }
        return one.isOk()
                ? new Result(this, State.DONE, List.of("done"))
                : new Result(this, State.FAILED, List.of(one.why().isEmpty() ? one.state() : one.why()));
    }

    private static Optional<RecordedAnswer> recordedAnswer(Map<String, Object> members) {
        return JsonReader.asObject(members.get("answer")).map(answer -> {
            try {
                return EventJson.answer(answer);
            } catch (IllegalArgumentException e) {
                return null;
            }
        });
    }
}
