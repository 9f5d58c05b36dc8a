package io.nucleon.runtime.shell;

import io.netty.util.concurrent.Future;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LogRecord;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.Raised;
import io.nucleon.os.ChildExit;
import io.nucleon.os.ProgramStarter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * One event and its process: the body goes in, the answer comes out, the exit code says whether it is one. Confined to the loop.
 *
 * <p>It is over when the process has been reaped and its output has ended; nobody waits longer than {@link #HELD_MILLIS} for output that
 * somebody else holds open. Whatever ends it sooner (time limit, caller gone, stop) answers at once and kills the group; the worker is
 * free when the process is gone.
 */
final class Call implements Child.Listener {

    /** How long after the process's end its output may be kept open by what it left running; nuclio waits for ever. */
    private static final long HELD_MILLIS = 1000;

    private static final int OK = 200;
    private static final int ERROR = 500;
    private static final int LOG_INFO = 1;
    private static final int LOG_ERROR = 3;
    /** Of the output of a handler that failed, so much is logged. */
    private static final int LOGGED_BYTES = 4096;

    private static final String ARGUMENTS_HEADER = "X-Nuclio-Arguments";
    private static final String FAILED = "Failed to run shell command";

    private final SpawningWorker worker;
    private final Invocation invocation;
    private final Child child;
    private final Bytes output;
    private final Lines errors;
    private long begunNanos;
    private int sent;
    private ChildExit exit;
    private boolean outputEnded;
    private boolean streaming;
    private boolean paused;
    private boolean over;
    private Future<?> timeLimit;
    private Future<?> held;

    Call(SpawningWorker worker, Invocation invocation) {
        this.worker = worker;
        this.invocation = invocation;
        this.child = new Child(worker.runtime().launcher(worker.index()), worker.loop(), worker.buffer(), this);
        this.output = worker.output();
        this.errors = new Lines(this::logError);
    }

    Invocation invocation() {
        return invocation;
    }

    void begin() {
        output.clear();
        begunNanos = worker.clock().nanoTime();
        long limit = worker.setting().eventTimeout().toNanos();
        if (limit > 0) {
            timeLimit = worker.loop().schedule(this::timedOut, limit, TimeUnit.NANOSECONDS);
        }
        try {
            Event event = invocation.event();
            child.start(
                    program(event), event.bodyLength(), worker.runtime().shell().errorsApart());
            feed();
        } catch (IOException e) {
            notStarted(e);
        }
    }

    private ProgramStarter.Program program(Event event) {
        ShellSetting shell = worker.runtime().shell();
        String given = shell.argumentHeader() ? event.header(ARGUMENTS_HEADER) : null;
        boolean fromRequest = given != null && !given.isEmpty();
        return worker.runtime()
                .command()
                .with(
                        fromRequest ? given : shell.arguments(),
                        fromRequest,
                        shell.throughShell(),
                        worker.runtime().environment().of(event));
    }

    /** Writes as much of the body as there is room for. */
    private void feed() {
        Event event = invocation.event();
        int length = event.bodyLength();
        ByteBuffer buffer = worker.buffer();
        while (sent < length && !over) {
            buffer.clear();
            event.putBody(buffer, sent, Math.min(buffer.capacity(), length - sent));
            buffer.flip();
            if (!invocation.isOpen()) {
                break; // its bytes may have been given back while they were copied
            }
            if (!child.write(buffer)) {
                return; // it reads no more, which is its own business
            }
            sent += buffer.position();
            if (buffer.hasRemaining()) {
                child.awaitRoom(true);
                return;
            }
        }
        child.closeInput();
    }

    @Override
    public void inputReady() {
        feed();
    }

    @Override
    public void started(IOException why) {
        if (why != null) {
            notStarted(why);
        } else {
            worker.startedAs(child.pid());
        }
    }

    @Override
    public void output(ByteBuffer part) {
        if (over) {
            return;
        }
        invocation.answerBytes += part.remaining();
        if (streaming) {
            invocation.reply().chunk(invocation, part, false, false);
            holdBackIfSlow();
            return;
        }
        output.add(part);
        if (output.size() > worker.runtime().shell().streamAfterBytes() && invocation.beginStream()) {
            streaming = true;
            invocation.answeredNanos = worker.clock().nanoTime();
            invocation.handlerNanos = invocation.answeredNanos - begunNanos;
            invocation.status = OK;
            invocation
                    .reply()
                    .respond(
                            invocation,
                            worker.answer()
                                    .of(OK, output.view(), invocation.handlerNanos)
                                    .withMore());
            output.clear();
            holdBackIfSlow();
        }
    }

    /** A slow reader holds the process back: nothing is buffered without bound. */
    private void holdBackIfSlow() {
        if (invocation.reply().isWritable()) {
            return;
        }
        paused = true;
        child.pause(true);
        invocation.resumer = () -> worker.owner().execute(this::goOn);
        if (invocation.reply().isWritable() || !invocation.isOpen()) {
            goOn();
        }
    }

    private void goOn() {
        if (paused) {
            paused = false;
            child.pause(false);
            if (exit != null && !outputEnded) {
                waitForHolders();
            }
        }
    }

    @Override
    public void errors(ByteBuffer part) {
        errors.add(part);
    }

    private void logError(String line) {
        log(LOG_INFO, line, "");
    }

    private void log(int level, String message, String with) {
        LogRecord logged = new LogRecord(level, worker.clock().wallNanos(), worker.index(), message, with);
        worker.runtime().services().log().record(invocation, logged);
        if (invocation.isOpen() && !streaming && invocation.reply().capturesLogs()) {
            invocation.reply().log(logged);
        }
    }

    @Override
    public void outputEnded() {
        outputEnded = true;
        if (exit != null) {
            finish();
        }
    }

    @Override
    public void exited(ChildExit how) {
        exit = how;
        if (over) {
            leave();
            return;
        }
        child.readErrors();
        if (!outputEnded) {
            child.readOutput();
        }
        if (outputEnded) {
            if (!over) {
                finish();
            }
        } else if (!paused) {
            waitForHolders();
        }
    }

    /** Somebody whom the process has left behind can still write to its output. */
    private void waitForHolders() {
        if (held == null) {
            held = worker.loop().schedule(this::stopWaiting, HELD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void stopWaiting() {
        if (!over && !paused) {
            finish();
        } else {
            held = null;
        }
    }

    private void finish() {
        errors.end();
        invocation.answeredNanos = worker.clock().nanoTime();
        invocation.handlerNanos = invocation.answeredNanos - begunNanos;
        boolean failed = !exit.isSuccess();
        if (streaming) {
            endStream(failed);
        } else if (failed) {
            fail(Ends.text(exit));
        } else {
            respond(Outcome.RESPONDED, worker.answer().of(OK, output.view(), invocation.handlerNanos));
        }
        leave();
    }

    private void endStream(boolean failed) {
        if (failed) {
            logFailure(Ends.text(exit));
        }
        if (invocation.close()) {
            invocation.outcome = failed ? Outcome.FAILED : Outcome.RESPONDED;
            if (failed) {
                invocation.raised = raised(Ends.text(exit));
            }
            invocation.reply().chunk(invocation, ShellAnswer.EMPTY.duplicate(), true, failed);
        }
    }

    /** nuclio's answer for a command that failed. */
    private void fail(String why) {
        logFailure(why);
        Raised raised = raised(why);
        Bytes text = new Bytes();
        text.add((FAILED + ".\nError: " + why + "\nOutput:").getBytes(StandardCharsets.UTF_8));
        text.add(output.view());
        String extra = "error\0" + raised.type() + "\0at\0" + raised.at() + "\0message\0" + why;
        respond(
                Outcome.FAILED,
                worker.answer().of(ERROR, text.view(), invocation.handlerNanos).failed(extra));
    }

    private Raised raised(String why) {
        return new Raised(why, worker.runtime().command().name(), why);
    }

    private void logFailure(String why) {
        log(
                LOG_ERROR,
                FAILED,
                new JsonWriter()
                        .object()
                        .name("err")
                        .value(why)
                        .name("output")
                        .value(output.tail(LOGGED_BYTES))
                        .endObject()
                        .toString());
    }

    private void respond(Outcome outcome, ShellAnswer answer) {
        invocation.status = answer.status();
        if (invocation.close()) {
            invocation.outcome = outcome;
            invocation.answerBytes = answer.body().remaining();
            if (outcome == Outcome.FAILED) {
                invocation.raised = Raised.of(answer.extra());
            }
            invocation.reply().respond(invocation, answer);
        }
    }

    private void notStarted(IOException why) {
        if (!over) {
            String name = worker.runtime().command().program().toString();
            fail("fork/exec " + name + ": " + why.getMessage());
        }
        leave();
    }

    private void timedOut() {
        if (!over) {
            stop(Ends.timedOut(worker.setting(), invocation.id()));
        }
    }

    /** Ends event and process now; as its time limit does if that is the cause, else as the loss of its worker. */
    void stop(ErrorMessage why) {
        boolean begun = invocation.isStreaming();
        over = true;
        if (invocation.close()) {
            boolean late = why.code() == ErrorCode.EVENT_TIMED_OUT;
            invocation.outcome = late ? Outcome.TIMED_OUT : Outcome.WORKER_LOST;
            invocation.answeredNanos = worker.clock().nanoTime();
            invocation.handlerNanos = invocation.answeredNanos - begunNanos;
            if (begun) {
                invocation.reply().chunk(invocation, ShellAnswer.EMPTY.duplicate(), true, true);
            } else {
                invocation.reply().fail(invocation, new Failure(invocation.outcome, why));
            }
        }
        end();
    }

    /** Nobody reads its answer. */
    void abandon() {
        over = true;
        end();
    }

    private void end() {
        if (exit == null) {
            child.kill();
        } else {
            leave();
        }
    }

    /** Reply and process are done with. */
    private void leave() {
        over = true;
        child.closePipes();
        if (timeLimit != null) {
            timeLimit.cancel(false);
        }
        if (held != null) {
            held.cancel(false);
        }
        worker.over(this);
    }
}
