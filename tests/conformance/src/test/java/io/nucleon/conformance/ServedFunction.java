package io.nucleon.conformance;

import io.nucleon.support.RawAnswer;
import io.nucleon.support.RawClient;
import io.nucleon.support.TestProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;

/** The function of one or more groups, started when its first case needs it and stopped after its last. Confined to one thread. */
final class ServedFunction {

    private static final Duration EVENTUALLY = Duration.ofSeconds(20);

    private final Variant variant;
    private final Table.Group group;
    private final String label;
    private TestProcessor processor;
    private IllegalStateException noStart;
    private boolean failed;

    ServedFunction(Variant variant, Table.Group group, String label) {
        this.variant = variant;
        this.group = group;
        this.label = label;
    }

    /**
     * Does what the case says; the ways in which it went wrong.
     *
     * @param difference the one that the case shows, which must still be one; null for none
     */
    List<String> run(Case one, Difference difference) throws IOException {
        TestProcessor serving = processor();
        List<RawAnswer> answers = one.together() ? together(serving, one) : inTurn(serving, one);
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Case.Step step = one.steps().get(i);
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
        if (one.distinct() && bodies < answers.size()) {
            problems.add("only " + bodies + " of " + answers.size() + " bodies differ");
        }
        if (difference != null && difference.isGone(one.steps().getLast().request(), answers.getLast())) {
            problems.add("the answer is nuclio's: the difference '" + difference.name() + "' has gone");
        }
        return problems;
    }

    /** One after the other on one connection, a new one where the last was closed. */
    private static List<RawAnswer> inTurn(TestProcessor serving, Case one) throws IOException {
        List<RawAnswer> answers = new ArrayList<>();
        RawClient client = serving.connect();
        try {
            if (one.pipelined()) {
                client.send(one.allBytes());
            }
            for (Case.Step step : one.steps()) {
                if (!one.pipelined()) {
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
    private static RawAnswer last(RawClient client, Case.Step step) throws IOException {
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

    private static RawAnswer read(RawClient client, Case.Step step) throws IOException {
        if (step.expectation().cut()) {
            return client.readCut();
        }
        RawAnswer answer = client.read(step.request().isHead());
        if (step.expectation().closed() && !client.isClosed()) {
            throw new IOException("the connection is still open, or more came");
        }
        return answer;
    }

    private static List<RawAnswer> together(TestProcessor serving, Case one) throws IOException {
        RawClient[] clients = new RawClient[one.steps().size()];
        try {
            for (int i = 0; i < clients.length; i++) {
                clients[i] = serving.connect();
                clients[i].send(one.steps().get(i).request().bytes());
            }
            List<RawAnswer> answers = new ArrayList<>();
            for (int i = 0; i < clients.length; i++) {
                answers.add(read(clients[i], one.steps().get(i)));
            }
            return answers;
        } finally {
            for (RawClient client :
                    Arrays.stream(clients).filter(Objects::nonNull).toList()) {
                client.close();
            }
        }
    }

    /** It is tried once; that it does not start is the failure of each of its cases. */
    private TestProcessor processor() {
        if (noStart != null) {
            throw new IllegalStateException(label + " did not become ready before", noStart);
        }
        if (processor == null) {
            List<String> options = new ArrayList<>(variant.options());
            try {
                processor = TestProcessor.start(new TestProcessor.Setting(
                        label, FunctionFolder.make(variant, group, label), options, group.environment()));
            } catch (IllegalStateException e) {
                noStart = e;
                throw e;
            }
        }
        return processor;
    }

    /** Keeps the evidence of a case that went wrong. */
    String evidence() {
        failed = true;
        if (processor == null) {
            return "it was never started";
        }
        processor.threadDump();
        return processor.output();
    }

    /** Stops it; what it left behind. */
    List<String> stop() {
        if (processor == null) {
            return List.of();
        }
        List<String> complaints = processor.stop();
        if (complaints.isEmpty() && !failed) {
            processor.forgetEvidence();
        }
        return complaints;
    }
}
