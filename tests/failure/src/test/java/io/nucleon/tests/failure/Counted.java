package io.nucleon.tests.failure;

import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.Reply;
import io.nucleon.invoke.ResponseView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A reply that remembers how often it was called, and with what. Safe for many threads. */
final class Counted implements Reply {

    private final AtomicInteger calls = new AtomicInteger();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final StringBuilder streamed = new StringBuilder();
    private int status;

    /**
     * What came back.
     *
     * @param failure null when the handler answered
     */
    record Answer(Outcome outcome, int status, String body, Failure failure) {}

    @Override
    public synchronized void respond(Invocation invocation, ResponseView response) {
        calls.incrementAndGet();
        status = response.status();
        String body = text(response.body());
        if (response.more()) {
            streamed.append(body);
        } else {
            answer.complete(
                    new Answer(response.failed() ? Outcome.FAILED : Outcome.RESPONDED, response.status(), body, null));
        }
    }

    @Override
    public synchronized void chunk(Invocation invocation, ByteBuffer part, boolean last, boolean failed) {
        streamed.append(text(part));
        if (last) {
            answer.complete(new Answer(failed ? Outcome.FAILED : Outcome.RESPONDED, status, streamed.toString(), null));
        }
    }

    @Override
    public void fail(Invocation invocation, Failure failure) {
        calls.incrementAndGet();
        answer.complete(new Answer(failure.outcome(), 0, "", failure));
    }

    private static String text(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return new String(copy, StandardCharsets.UTF_8);
    }

    /** Waits for the end. */
    Answer await() throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }

    boolean isDone() {
        return answer.isDone();
    }

    int calls() {
        return calls.get();
    }
}
