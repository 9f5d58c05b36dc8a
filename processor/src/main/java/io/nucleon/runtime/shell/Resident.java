package io.nucleon.runtime.shell;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import io.nucleon.os.ChildExit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * One life of a resident process: events go to its standard input as they come, answers come back in the same order. Confined to the loop;
 * never started twice.
 *
 * <p>The process reads an event, writes its answer and only then reads the next (wrappers/shell/README.md). So of what is open the oldest
 * may have begun, and what is behind it has not, though it may lie in the pipe or in a buffer of the process.
 */
final class Resident implements Child.Listener {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int FIRST_READ_BYTES = 4096;
    /** A larger answer would be held in memory twice; the limit of HTTP bodies in nuclio's documentation is far below. */
    private static final int MOST_ANSWER_BYTES = 256 << 20;

    private final ResidentWorker worker;
    private final Frames frames;
    private final Child child;
    private final Lines errors;
    private final Deque<Invocation> unsent = new ArrayDeque<>();
    private final Deque<Invocation> sent = new ArrayDeque<>();
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /** The event that is being copied to {@link #out}, its frame and how much of that has been copied; null between two. */
    private Invocation inHand;

    private byte[] before;
    private byte[] behind;
    private int bodyLength;
    private long copied;

    private byte[] read = new byte[FIRST_READ_BYTES];
    private int readFrom;
    private int readTo;

    private boolean running;
    private boolean dead;
    private boolean inputClosed;
    private boolean answered;
    private boolean flushing;
    private long lastAnswerNanos = Long.MIN_VALUE / 2;
    private ErrorMessage fault;
    private boolean overran;

    Resident(ResidentWorker worker, Frames frames, ByteBuffer buffer) {
        this.worker = worker;
        this.frames = frames;
        this.child = new Child(worker.launcher(), worker.loop(), buffer, this);
        this.errors = new Lines(worker::logLine);
    }

    void start() {
        try {
            child.start(worker.program(), BUFFER_BYTES, true);
        } catch (IOException e) {
            worker.notStarted(this, e);
        }
    }

    @Override
    public void started(IOException why) {
        if (why != null) {
            child.closePipes();
            worker.notStarted(this, why);
        } else if (!dead) {
            running = true;
            worker.becameReady(this);
        }
    }

    boolean isRunning() {
        return running && !dead;
    }

    /** Whether it has answered an event. */
    boolean wasUseful() {
        return answered || overran;
    }

    int pid() {
        return child.pid();
    }

    int open() {
        return unsent.size() + sent.size() + (inHand == null ? 0 : 1);
    }

    // Events.

    void offer(Invocation invocation) {
        Frames.Refusal refusal = frames.refusal(invocation.event());
        if (refusal != null) {
            refuse(invocation, refusal);
            return;
        }
        unsent.add(invocation);
        if (!flushing) {
            flushing = true;
            worker.pass().flushLater(this::flush);
        }
    }

    private void refuse(Invocation invocation, Frames.Refusal refusal) {
        end(
                invocation,
                Outcome.FAILED,
                ErrorMessage.of(
                        ErrorCode.EVENT_TOO_LARGE,
                        "giving an event to worker " + worker.index() + " of "
                                + worker.setting().name() + " failed",
                        refusal.why(),
                        refusal.fix()));
        worker.freed(invocation);
    }

    /** Once a pass, for all events together. */
    private void flush() {
        flushing = false;
        write();
    }

    private void write() {
        while (!dead && !inputClosed) {
            fill();
            out.flip();
            if (!out.hasRemaining()) {
                out.clear();
                child.awaitRoom(false);
                return;
            }
            boolean reads = child.write(out);
            boolean full = out.hasRemaining();
            out.compact();
            if (!reads) {
                inputClosed = true; // it has closed its input: its end, or its time limit, follows
                return;
            }
            if (full) {
                child.awaitRoom(true);
                return;
            }
        }
    }

    /** Copies as much of what waits as there is room for. */
    private void fill() {
        while (out.hasRemaining() && (inHand != null || takeNext())) {
            copied += copy(before, copied);
            int from = Math.clamp(copied - before.length, 0, bodyLength);
            int part = copied < before.length ? 0 : Math.min(bodyLength - from, out.remaining());
            if (part > 0) {
                inHand.event().putBody(out, from, part);
                copied += part;
            }
            long bodyEnd = (long) before.length + bodyLength;
            if (copied >= bodyEnd) {
                copied += copy(behind, copied - bodyEnd);
            }
            if (copied == bodyEnd + behind.length) {
                sent.add(inHand);
                inHand = null;
            }
        }
    }

    private boolean takeNext() {
        while (!unsent.isEmpty()) {
            Invocation next = unsent.poll();
            if (next.isOpen()) {
                Event event = next.event();
                inHand = next;
                before = frames.before(event);
                behind = frames.behind();
                bodyLength = frames.bodyLength(event);
                copied = 0;
                return true;
            }
            worker.freed(next); // its caller went away before it was written
        }
        return false;
    }

    private int copy(byte[] bytes, long from) {
        if (from >= bytes.length) {
            return 0;
        }
        int part = Math.min(out.remaining(), bytes.length - (int) from);
        out.put(bytes, (int) from, part);
        return part;
    }

    @Override
    public void inputReady() {
        write();
    }

    // Answers.

    @Override
    public void output(ByteBuffer part) {
        if (dead) {
            return;
        }
        makeRoom(part.remaining());
        int length = part.remaining();
        part.get(read, readTo, length);
        readTo += length;
        try {
            takeAnswers();
            if (readTo - readFrom > MOST_ANSWER_BYTES) {
                throw new Frames.BrokenFrameException(
                        "it is longer than " + MOST_ANSWER_BYTES + " bytes and has no end");
            }
        } catch (Frames.BrokenFrameException e) {
            violated(e.getMessage());
        }
    }

    private void makeRoom(int needed) {
        if (readFrom == readTo) {
            readFrom = 0;
            readTo = 0;
            if (read.length > BUFFER_BYTES) {
                read = new byte[FIRST_READ_BYTES];
            }
        }
        if (read.length - readTo >= needed) {
            return;
        }
        int unread = readTo - readFrom;
        byte[] target =
                unread + needed <= read.length ? read : Arrays.copyOf(read, Math.max(2 * read.length, unread + needed));
        System.arraycopy(read, readFrom, target, 0, unread);
        read = target;
        readFrom = 0;
        readTo = unread;
    }

    private void takeAnswers() throws Frames.BrokenFrameException {
        long now = worker.clock().nanoTime();
        while (!dead && readFrom < readTo) {
            Frames.Found found = frames.find(read, readFrom, readTo);
            if (found == null) {
                return;
            }
            if (sent.isEmpty()) {
                throw new Frames.BrokenFrameException("it wrote an answer to no event");
            }
            ByteBuffer body =
                    ByteBuffer.wrap(read, found.bodyAt(), found.bodyLength()).slice();
            readFrom = found.end();
            answer(sent.poll(), found, body, now);
        }
    }

    private void answer(Invocation invocation, Frames.Found found, ByteBuffer body, long now) {
        invocation.answeredNanos = now;
        invocation.handlerNanos = Math.max(0, now - Math.max(invocation.givenNanos, lastAnswerNanos));
        invocation.status = found.status();
        invocation.answerBytes = body.remaining();
        lastAnswerNanos = now;
        answered = true;
        if (invocation.close()) {
            invocation.outcome = Outcome.RESPONDED;
            invocation
                    .reply()
                    .respond(
                            invocation,
                            worker.answer()
                                    .of(found.status(), body, invocation.handlerNanos)
                                    .withType(found.contentType()));
        }
        worker.freed(invocation);
    }

    private void violated(String why) {
        fault = Ends.brokenFrame(worker.setting(), worker.index(), why);
        kill();
    }

    @Override
    public void errors(ByteBuffer part) {
        errors.add(part);
    }

    @Override
    public void outputEnded() {
        if (!dead) {
            child.readErrors(); // of a process that has just ended, its last words
            child.kill(); // of one that lives, nobody would hear an answer
        }
    }

    // Ends.

    /** The oldest, if it has run for longer than that; null otherwise. */
    Invocation overdue(long nowNanos, long limitNanos) {
        Invocation oldest = oldest();
        long begun = oldest == null ? nowNanos : Math.max(oldest.givenNanos, lastAnswerNanos);
        return nowNanos - begun >= limitNanos && oldest != null ? oldest : null;
    }

    private Invocation oldest() {
        return !sent.isEmpty() ? sent.peek() : inHand;
    }

    /** Its oldest event has run for too long: it is ended. */
    void overran(ErrorMessage why) {
        Invocation late = takeOldest();
        overran = true;
        fault = why;
        kill();
        end(late, Outcome.TIMED_OUT, why);
        worker.freed(late);
    }

    private Invocation takeOldest() {
        if (!sent.isEmpty()) {
            return sent.poll();
        }
        Invocation oldest = inHand;
        inHand = null;
        return oldest;
    }

    /** Nothing more is given to it: when it has answered what it has, its input ends and so should it. */
    void finish() {
        if (isRunning() && sent.isEmpty() && inHand == null && !inputClosed) {
            inputClosed = true;
            child.closeInput();
        }
    }

    /** Ends the process and its group; its exit follows. */
    void kill() {
        dead = true;
        child.kill();
    }

    @Override
    public void exited(ChildExit exit) {
        if (!dead) {
            child.readErrors();
            child.readOutput(); // answers that were written count
        }
        dead = true;
        errors.end();
        child.closePipes();
        List<Invocation> notStarted = new ArrayList<>();
        Invocation started = overran ? null : takeOldest();
        notStarted.addAll(sent);
        if (inHand != null) {
            notStarted.add(inHand);
        }
        notStarted.addAll(unsent);
        sent.clear();
        unsent.clear();
        inHand = null;
        ErrorMessage why =
                fault != null ? fault : Ends.crashed(worker.setting(), worker.index(), exit, errors.newest());
        worker.ended(this, why, started, notStarted);
    }

    /** Ends an invocation without an answer. */
    void end(Invocation invocation, Outcome outcome, ErrorMessage why) {
        if (invocation.close()) {
            invocation.outcome = outcome;
            invocation.answeredNanos = worker.clock().nanoTime();
            invocation.reply().fail(invocation, new Failure(outcome, why));
        }
    }
}
