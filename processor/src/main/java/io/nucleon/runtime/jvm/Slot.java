package io.nucleon.runtime.jvm;

import io.nucleon.invoke.EventRun;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LogRecord;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.Raised;
import io.nucleon.invoke.ResponseView;
import io.nucleon.wrapper.handler.Answer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A place for one invocation and its answer, used again and again. It belongs to the loop, then to whoever runs the handler, then to the
 * loop again; {@link SlotRing} hands it over.
 */
final class Slot implements ResponseView {

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final Answer answer = new Answer();
    private final List<LogRecord> captured = new ArrayList<>(0);
    private Invocation invocation;
    private EventRun run;
    private boolean skipped;
    private long handlerNanos;

    /** Loop: puts an invocation in. */
    void fill(Invocation open) {
        invocation = open;
        run = open.run;
        skipped = false;
        handlerNanos = 0;
    }

    /** What is in it; null if it is empty or was taken back. Of a run the first one until it {@link #endsWith} another. */
    Invocation invocation() {
        return invocation;
    }

    /** Runner: the event in hand. */
    Invocation inHand() {
        return run == null ? invocation : run.inHand();
    }

    /** The run of what is in it; null if that came by itself. */
    EventRun run() {
        return run;
    }

    /** Runner: that event of the run is done, with the answer that is here. */
    void passes(Invocation done) {
        done.outcome = Outcome.RESPONDED;
        done.status = answer.status();
        done.answerBytes = answer.body().length;
    }

    /** Runner: the answer that is here is that one's, of the run's last. */
    void endsWith(Invocation last) {
        invocation = last;
    }

    private void note(Invocation ended, long nowNanos) {
        ended.answeredNanos = nowNanos;
        ended.handlerNanos = handlerNanos;
        ended.status = skipped ? 0 : answer.status();
    }

    Answer answer() {
        return answer;
    }

    /** Runner: nobody waits for it any more; the handler is not called. */
    void skip() {
        skipped = true;
    }

    boolean isSkipped() {
        return skipped;
    }

    /** Runner: how long the handler took. */
    void took(long nanos) {
        handlerNanos = nanos;
    }

    /** Runner: a record for the reply, which gets it before the answer. */
    void capture(LogRecord logged) {
        captured.add(logged);
    }

    /** Loop: calls the reply, unless somebody else has ended the invocation. */
    void reply(long nowNanos) {
        note(invocation, nowNanos);
        if (run != null) {
            run.progressed();
        }
        if (!skipped && invocation.close()) {
            invocation.outcome = answer.failed() ? Outcome.FAILED : Outcome.RESPONDED;
            invocation.answerBytes = answer.body().length;
            if (answer.failed()) {
                invocation.raised = Raised.of(extra());
            }
            for (int i = 0; i < captured.size(); i++) {
                invocation.reply().log(captured.get(i));
            }
            invocation.reply().respond(invocation, this);
        }
    }

    /** Loop: lets go of everything; returns the invocation. */
    Invocation empty() {
        Invocation was = invocation;
        invocation = null;
        run = null;
        answer.clear();
        captured.clear();
        return was;
    }

    @Override
    public int status() {
        return answer.status();
    }

    @Override
    public boolean failed() {
        return answer.failed();
    }

    @Override
    public boolean more() {
        return false;
    }

    @Override
    public boolean noAck() {
        return answer.noAck();
    }

    @Override
    public long handlerNanos() {
        return handlerNanos;
    }

    @Override
    public ByteBuffer contentType() {
        return view(answer.contentType());
    }

    @Override
    public ByteBuffer extra() {
        return view(answer.extra());
    }

    @Override
    public ByteBuffer headers() {
        return view(answer.headers());
    }

    @Override
    public ByteBuffer body() {
        return view(answer.body());
    }

    private static ByteBuffer view(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : ByteBuffer.wrap(bytes);
    }
}
