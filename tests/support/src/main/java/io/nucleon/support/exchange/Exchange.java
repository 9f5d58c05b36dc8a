package io.nucleon.support.exchange;

import io.nucleon.support.RawAnswer;
import io.nucleon.support.RawClient;
import io.nucleon.support.TestProcessor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;

/**
 * Requests and the answers that they must have. Immutable.
 *
 * @param together whether all requests are sent, on a connection each, before an answer is read
 * @param pipelined whether all requests are sent on one connection before an answer is read
 * @param distinct whether no two answers may have the same body
 */
public record Exchange(List<Step> steps, boolean together, boolean pipelined, boolean distinct) {

    private static final Duration EVENTUALLY = Duration.ofSeconds(20);

    /**
     * A request and what must come back.
     *
     * @param eventually whether the request is sent until that comes back
     */
    public record Step(Request request, Expectation expectation, boolean eventually) {}

    /** What came back, and in which ways it is not what must come back; empty if in none. */
    public record Result(List<RawAnswer> answers, List<String> problems) {}

    public Exchange {
        steps = List.copyOf(steps);
    }

    /** Takes the keys that make an exchange from {@code fields} and leaves the rest; {@code place} is for messages. */
    public static Exchange read(String place, Fields fields) {
        return new Exchange(
                steps(place, fields), fields.flag("together"), fields.flag("pipelined"), fields.flag("distinct"));
    }

    private static List<Step> steps(String place, Fields fields) {
        int repeat = fields.number("repeat", 1);
        List<Step> once = new ArrayList<>();
        if (fields.has("steps")) {
            fields.list("steps").forEach(node -> {
                Fields step = new Fields(place, node);
                once.add(step(place, step));
                step.done();
            });
        } else {
            once.add(step(place, fields));
        }
        List<Step> all = new ArrayList<>();
        for (int i = 0; i < repeat; i++) {
            all.addAll(once);
        }
        if (all.isEmpty()) {
            throw fields.wrong("has no steps");
        }
        return all;
    }

    private static Step step(String place, Fields fields) {
        return new Step(
                Request.of(place, fields.take("request")),
                Expectation.read(place, fields.take("expect")),
                fields.flag("eventually"));
    }

    /** Sends everything and compares. */
    public Result run(TestProcessor serving) throws IOException {
        List<RawAnswer> answers = together ? together(serving) : inTurn(serving);
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Step step = steps.get(i);
            String which = "answer " + (i + 1) + " (" + step.request().line() + "): ";
            for (String problem : step.expectation().problems(step.request(), answers.get(i))) {
                problems.add(which + problem);
            }
            int same = step.expectation().same();
            if (same > 0 && !answers.get(i).text().equals(answers.get(same - 1).text())) {
                problems.add(which + "body is not that of answer " + same + " but "
                        + answers.get(i).text());
            }
        }
        long bodies = answers.stream()
                .map(answer -> new String(answer.body(), StandardCharsets.ISO_8859_1))
                .distinct()
                .count();
        if (distinct && bodies < answers.size()) {
            problems.add("only " + bodies + " of " + answers.size() + " bodies differ");
        }
        return new Result(answers, problems);
    }

    /** One after the other on one connection, a new one where the last was closed. */
    private List<RawAnswer> inTurn(TestProcessor serving) throws IOException {
        List<RawAnswer> answers = new ArrayList<>();
        RawClient client = serving.connect();
        try {
            if (pipelined) {
                client.send(allBytes());
            }
            for (Step step : steps) {
                if (!pipelined) {
                    client.send(step.request().bytes());
                }
                answers.add(step.eventually() ? last(client, step) : read(client, step));
                if (step.expectation().closed() || step.expectation().cut()) {
                    client.close();
                    client = serving.connect();
                }
            }
        } finally {
            client.close();
        }
        return answers;
    }

    /** Sends the request again until its answer is the one that is expected. */
    private static RawAnswer last(RawClient client, Step step) throws IOException {
        RawAnswer first = read(client, step);
        if (step.expectation().problems(step.request(), first).isEmpty()) {
            return first;
        }
        return Awaitility.await("the answer to " + step.request().line())
                .atMost(EVENTUALLY)
                .until(
                        () -> {
                            client.send(step.request().bytes());
                            return read(client, step);
                        },
                        answer -> step.expectation()
                                .problems(step.request(), answer)
                                .isEmpty());
    }

    private static RawAnswer read(RawClient client, Step step) throws IOException {
        if (step.expectation().cut()) {
            return client.readCut();
        }
        RawAnswer answer = client.read(step.request().isHead());
        if (step.expectation().closed() && !client.isClosed()) {
            throw new IOException("the connection is still open, or more came");
        }
        return answer;
    }

    private List<RawAnswer> together(TestProcessor serving) throws IOException {
        RawClient[] clients = new RawClient[steps.size()];
        try {
            for (int i = 0; i < clients.length; i++) {
                clients[i] = serving.connect();
                clients[i].send(steps.get(i).request().bytes());
            }
            List<RawAnswer> answers = new ArrayList<>();
            for (int i = 0; i < clients.length; i++) {
                answers.add(read(clients[i], steps.get(i)));
            }
            return answers;
        } finally {
            for (RawClient client :
                    Arrays.stream(clients).filter(Objects::nonNull).toList()) {
                client.close();
            }
        }
    }

    /** All requests as they go over the wire. */
    private byte[] allBytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        steps.forEach(step -> all.writeBytes(step.request().bytes()));
        return all.toByteArray();
    }
}
