package io.nucleon.delivery;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.Raised;
import io.nucleon.invoke.Reply;
import io.nucleon.invoke.ResponseView;
import java.nio.ByteBuffer;

/**
 * One event on its way through its tries. The reply comes on the worker's loop and only notes how the try ended; everything else belongs
 * to the lane's loop.
 */
final class Attempt implements Reply {

    /** How a try ended. */
    enum Verdict {
        /** The handler answered. */
        DONE,
        /** It answered, and acks by itself. */
        HELD,
        /** It raised, answered with a status that counts as a failure, was too slow, or its worker died. */
        FAILED,
        /** It did not start. */
        NOT_STARTED
    }

    private static final int MOST_REASON = 2_000;

    final DurableEvent event;
    final Lane lane;
    private final DeliveryEngine engine;

    Verdict verdict;
    String code = "";
    String reason = "";
    int failures;
    int crashes;
    /** Tries in a row that did not start. */
    int refusals;
    /** How often the dead letters have refused it; more than 0 while it is homeless. */
    int offers;
    /** Id of the invocation that failed first; of an event that was kept before, the id that it was kept by. */
    String id;

    /** The run that ended with it; null if it was given to its worker alone, and once the lane knows. */
    LaneRun run;

    /** Whether it is kept for another try. */
    boolean kept;

    /** Wall clock of the first failure, ns since 1970; 0 before it. */
    long firstFailureNanos;

    Attempt(DeliveryEngine engine, Lane lane, DurableEvent event) {
        this.engine = engine;
        this.lane = lane;
        this.event = event;
        this.failures = event.redeliveries();
        this.crashes = event.crashes();
        this.id = event.invocationId();
        this.kept = !id.isEmpty() && !event.comesAgain();
    }

    @Override
    public void respond(Invocation invocation, ResponseView response) {
        verdict = engine.verdictOn(response);
        if (verdict == Verdict.FAILED) {
            failed(
                    invocation,
                    ErrorCode.HANDLER_FAILED.code(),
                    response.failed()
                            ? Raised.of(response.extra()).line()
                            : "the handler answered with status " + response.status());
        }
        if (!response.more()) {
            engine.ended(this);
        }
    }

    @Override
    public void chunk(Invocation invocation, ByteBuffer part, boolean last, boolean failed) {
        if (failed) {
            failed(
                    invocation,
                    ErrorCode.HANDLER_FAILED.code(),
                    "the handler raised in the middle of a streamed answer");
        }
        if (last) {
            engine.ended(this);
        }
    }

    @Override
    public void fail(Invocation invocation, Failure failure) {
        if (failure.outcome() == Outcome.UNAVAILABLE) {
            verdict = Verdict.NOT_STARTED;
        } else {
            crashes += failure.outcome() == Outcome.WORKER_LOST ? 1 : 0;
            failed(invocation, failure.error().code().code(), failure.error().line());
        }
        engine.ended(this);
    }

    /** It says that it is a structured cloud event, and its body is none. */
    void malformed() {
        verdict = Verdict.FAILED;
        code = ErrorCode.EVENT_MALFORMED.code();
        reason = "its content type is that of a cloud event, and its body is none";
    }

    private void failed(Invocation invocation, String code, String reason) {
        verdict = Verdict.FAILED;
        if (id.isEmpty()) {
            id = invocation.id();
        }
        this.code = code;
        this.reason = reason.length() > MOST_REASON ? reason.substring(0, MOST_REASON) : reason;
    }
}
