package io.nucleon.runtime.process;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LogRecord;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.Raised;
import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.FrameView;

/**
 * Turns a worker's frames into replies. A frame whose invocation is not open (late, repeated, made up) is counted and dropped. Confined to
 * the loop.
 */
final class FrameReplies {

    private static final int MAX_LEVEL = 3;

    private final ProcessWorker worker;
    private final Incarnation incarnation;
    private final OpenInvocations open;
    private final FrameResponse response = new FrameResponse();
    private long nowNanos;
    private boolean answered;
    private long lastAnswerNanos = Long.MIN_VALUE / 2;
    private long strays;

    FrameReplies(ProcessWorker worker, Incarnation incarnation, OpenInvocations open) {
        this.worker = worker;
        this.incarnation = incarnation;
        this.open = open;
    }

    /** The clock is read once a pass, at its first answer. */
    void newPass() {
        nowNanos = 0;
    }

    private long now() {
        if (nowNanos == 0) {
            nowNanos = worker.clock().nanoTime();
        }
        return nowNanos;
    }

    void respond(FrameView frame) {
        Invocation invocation = open.find(frame.correlation());
        if (invocation == null || invocation.isStreaming()) {
            strays++;
            return;
        }
        if (frame.has(FrameLayout.FLAG_DISCARDED)) {
            handBack(invocation);
            return;
        }
        invocation.answeredNanos = now();
        lastAnswerNanos = invocation.answeredNanos;
        answered = true;
        invocation.handlerNanos =
                Math.clamp(frame.time(), 0, Math.max(0, invocation.answeredNanos - invocation.givenNanos));
        response.over(frame);
        invocation.status = response.status();
        invocation.answerBytes = frame.bodyLength();
        if (frame.has(FrameLayout.FLAG_MORE)) {
            if (invocation.beginStream()) {
                invocation.reply().respond(invocation, response);
                holdBackIfSlow(invocation);
            }
            return;
        }
        if (invocation.close()) {
            endedBy(invocation, frame);
            invocation.reply().respond(invocation, response);
        }
        free(invocation);
    }

    void chunk(FrameView frame) {
        Invocation invocation = open.find(frame.correlation());
        if (invocation == null) {
            strays++;
            return;
        }
        invocation.answerBytes += frame.bodyLength();
        if (frame.has(FrameLayout.FLAG_MORE)) {
            if (invocation.isStreaming()) {
                invocation.reply().chunk(invocation, frame.body(), false, false);
                holdBackIfSlow(invocation);
            }
            return;
        }
        boolean begun = invocation.isStreaming();
        if (invocation.close() && begun) {
            endedBy(invocation, frame);
            invocation.reply().chunk(invocation, frame.body(), true, invocation.outcome == Outcome.FAILED);
        }
        free(invocation);
    }

    private static void endedBy(Invocation invocation, FrameView last) {
        boolean failed = last.has(FrameLayout.FLAG_FAILED);
        invocation.outcome = failed ? Outcome.FAILED : Outcome.RESPONDED;
        if (failed) {
            invocation.raised = Raised.of(last.extra());
        }
    }

    /** A slow reader holds its worker back: nothing is buffered without bound. */
    private void holdBackIfSlow(Invocation invocation) {
        if (invocation.reply().isWritable()) {
            return;
        }
        incarnation.pause(true);
        invocation.resumer = () -> worker.owner().execute(() -> incarnation.pause(false));
        if (invocation.reply().isWritable() || !invocation.isOpen()) {
            incarnation.pause(false);
        }
    }

    void log(FrameView frame) {
        Invocation invocation = frame.correlation() == 0 ? null : open.find(frame.correlation());
        LogRecord logged = new LogRecord(
                Math.min(frame.code(), MAX_LEVEL),
                worker.clock().wallNanos(),
                worker.index(),
                Hello.text(frame.path()),
                Hello.text(frame.body()));
        worker.log().record(invocation, logged);
        if (invocation != null && invocation.isOpen() && invocation.reply().capturesLogs()) {
            invocation.reply().log(logged);
        }
    }

    void tooLarge(Invocation invocation) {
        fail(
                invocation,
                Outcome.FAILED,
                ErrorMessage.of(
                        ErrorCode.EVENT_TOO_LARGE,
                        "giving an event to worker " + worker.index() + " failed",
                        "its headers are longer than a frame",
                        "send less in headers"));
    }

    /** Ends an invocation without an answer and frees its place. */
    void fail(Invocation invocation, Outcome outcome, ErrorMessage why) {
        boolean begun = invocation.isStreaming();
        if (invocation.close()) {
            invocation.outcome = outcome;
            invocation.answeredNanos = worker.clock().nanoTime();
            if (begun) {
                invocation.reply().chunk(invocation, java.nio.ByteBuffer.allocate(0), true, true);
            } else {
                invocation.reply().fail(invocation, new Failure(outcome, why));
            }
        }
        free(invocation);
    }

    private void handBack(Invocation invocation) {
        incarnation.releaseBody(invocation);
        open.remove(invocation);
        worker.listener().handedBack(invocation);
    }

    void free(Invocation invocation) {
        incarnation.releaseBody(invocation);
        open.remove(invocation);
        worker.listener().freed(invocation);
    }

    /** When the last answer came; the event behind it began then at the earliest. */
    long lastAnswerNanos() {
        return lastAnswerNanos;
    }

    boolean hasAnswered() {
        return answered;
    }

    /** Frames that belonged to no open invocation. */
    long strays() {
        return strays;
    }
}
