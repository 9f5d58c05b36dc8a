package io.nucleon.trigger.http;

import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LogRecord;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.Reply;
import io.nucleon.invoke.ResponseView;
import io.nucleon.invoke.TriggerSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One request and its answer: the event that is given and the reply that comes back, in one object.
 *
 * <p>The reply's methods may be called on any thread. They compose the answer there, since the view is valid no longer, and bring it to
 * the request's loop; everything below "On the loop" runs on that loop. Whatever becomes of the client, the body is lent until the reply
 * has come or the invocation was cancelled.
 */
abstract class HttpExchange extends HttpEvent implements Reply {

    static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();
    /** An answer that holds nothing, for an exchange whose client has left. */
    static final Object NOTHING = new Object();

    /** A stream that is this far ahead of the loop is held back; about what a socket takes at once. */
    private static final int MAX_IN_FLIGHT = 256 * 1024;

    private static final byte[] RETRY_AFTER = ResponseHead.ascii("Retry-After: 2\r\n");

    final HttpTrigger trigger;
    private Invocation invocation;
    private LogCapture logs;
    private boolean given;
    private boolean finished;
    private volatile boolean gone;
    /** Bytes of a stream on their way to the loop; null for an answer that is none. */
    private volatile AtomicInteger inFlight;

    HttpExchange(HttpLoop loop, HttpVersion version, String method, String target) {
        Mount mount = loop.listener.mounts().at(target);
        super(loop, version, method, target, mount.skipped());
        this.trigger = mount.trigger();
    }

    @Override
    public final TriggerSource source() {
        return trigger.setting().source();
    }

    // How each version of HTTP frames an answer.

    /** Appends what says how the body ends, unless {@code bodiless}; notes whether the connection stays open. Any thread. */
    abstract void frame(ResponseHead head, boolean bodiless, boolean more, int bodyLength, boolean wantsClose);

    /** The written head and the body as what travels to the loop. Any thread. */
    abstract Object pack(ResponseHead head, ByteBuffer body, boolean more);

    /** A part of a streamed body as what travels to the loop; {@code failed}: the stream ended before its time. Any thread. */
    abstract Object packChunk(ByteBuffer part, boolean last, boolean failed);

    /** Bytes that an answer, or a part of one, holds. */
    abstract int sizeOf(Object answer);

    /** Writes an answer, or a part of one, to the client. On the loop. */
    abstract void write(Object answer, boolean last);

    /** Whether the client keeps up with a stream. Any thread. */
    abstract boolean keepsUp();

    // The reply, on any thread.

    @Override
    public final void respond(Invocation answered, ResponseView view) {
        if (loop.isCurrent()) {
            respond(loop.head(), answered, view);
            return;
        }
        ResponseHead head = trigger.heads().take(answered.worker);
        respond(head, answered, view);
        trigger.heads().giveBack(answered.worker, head);
    }

    private void respond(ResponseHead head, Invocation answered, ResponseView view) {
        Object answer;
        boolean last = !view.more();
        try {
            if (view.failed()) {
                trigger.invoker().keeper().failed(answered, view, null);
            }
            String file = compose(head, answered, view);
            if (file != null) {
                boolean delete = head.functionHeaders().deletesFile();
                answer = pack(head, EMPTY, true);
                inFlight = new AtomicInteger(sizeOf(answer));
                FileStream.begin(this, answered, file, delete, answer);
                return;
            }
            answer = pack(head, hidesBody(view.status()) ? EMPTY : view.body(), !last);
            if (!last) {
                inFlight = new AtomicInteger(sizeOf(answer));
            }
        } catch (InvalidAnswerException e) {
            answer = refusal(head, answered, e);
            last = true;
        } catch (RuntimeException e) {
            trigger.complaints().say(ourBug("writing an answer"), e);
            answer = plain(head, answered, 500, "", ErrorCode.INTERNAL);
            last = true;
        }
        loop.deliver(this, answer, last);
    }

    /** Writes the head; returns the file to send as body, null for none. */
    private String compose(ResponseHead head, Invocation answered, ResponseView view) {
        int status = view.status() == 0 ? 200 : view.status();
        if (!StatusLines.isSendable(status)) {
            throw new InvalidAnswerException("its status is " + status);
        }
        long now = answered.answeredNanos == 0 ? loop.clock().nanoTime() : answered.answeredNanos;
        ByteBuffer type = view.contentType();
        int length = view.body().remaining();
        head.begin(status);
        AnswerHeaders set = head.functionHeaders(view.headers(), type.hasRemaining());
        head.serverAndDate(!set.hasServer(), now);
        String file = fileOf(set);
        boolean more = view.more() || file != null;
        if (type.hasRemaining()) {
            head.contentType(type);
        } else if (!set.hasContentType() && (more || length > 0)) {
            head.defaultContentType();
        }
        frame(head, status == 204 || status == 304, more, length, set.wantsClose());
        extras(head);
        long given = answered.givenNanos == 0 ? answered.arrivedNanos() : answered.givenNanos;
        long queued = given - answered.arrivedNanos();
        head.timing(queued, view.handlerNanos(), now - given - view.handlerNanos());
        head.event(answered);
        if (view.failed()) {
            head.error(ErrorCode.HANDLER_FAILED.code());
        }
        head.end();
        if (set.dropped() > 0) {
            trigger.complaints().say(invalidAnswer("names of headers that can't be sent: " + set.dropped()));
        }
        return file;
    }

    /**
     * The file that the function wants sent. A path that came in with the request is no wish of the function's: a handler that echoes
     * headers must not let a client read what it likes.
     */
    private String fileOf(AnswerHeaders set) {
        String file = set.filePath();
        return file == null || file.equals(header(HeaderNames.FILE_STREAM_PATH.toString())) ? null : file;
    }

    /** What the request asked for beside the answer. */
    final void extras(ResponseHead head) {
        if (trigger.cors() != null) {
            head.raw(ResponseHead.ascii(trigger.cors().lines(requestHeaders())));
        }
        if (logs != null) {
            logs.write(head);
        }
    }

    final boolean hidesBody(int status) {
        return status == 204 || status == 304 || isHead();
    }

    private Object refusal(ResponseHead head, Invocation answered, InvalidAnswerException cause) {
        ErrorMessage error = invalidAnswer(cause.getMessage());
        trigger.complaints().say(error);
        return plain(head, answered, 500, error.what() + ": " + error.why(), error.code());
    }

    private ErrorMessage invalidAnswer(String why) {
        return ErrorMessage.of(
                ErrorCode.ANSWER_INVALID,
                "the handler's answer can't be sent as it is",
                why,
                "set a status from 200 to 999, header names without blanks or colons, headers below 256 KiB");
    }

    private ErrorMessage ourBug(String what) {
        return ErrorMessage.of(
                ErrorCode.INTERNAL, what + " in trigger '" + source().name() + "' failed", "a bug of Nucleon", "");
    }

    @Override
    public final void chunk(Invocation answered, ByteBuffer part, boolean last, boolean failed) {
        stream(packChunk(part, last, failed), last);
    }

    /** Brings a part of a streamed body to the loop. */
    final void stream(Object part, boolean last) {
        inFlight.addAndGet(sizeOf(part));
        loop.deliver(this, part, last);
    }

    @Override
    public final void fail(Invocation answered, Failure failure) {
        if (failure.outcome() != Outcome.UNAVAILABLE) {
            trigger.invoker().keeper().failed(answered, null, failure);
        } else if (failure.error().code() == ErrorCode.NO_FREE_WORKER) {
            trigger.complaints().say(failure.error()); // its caller sees the status only
        }
        if (loop.isCurrent()) {
            loop.deliver(this, failure(loop.head(), answered, failure), true);
            return;
        }
        ResponseHead head = new ResponseHead(loop.clock());
        loop.deliver(this, failure(head, answered, failure), true);
    }

    /** Statuses and texts by cause, as nuclio's callers know them. */
    private Object failure(ResponseHead head, Invocation answered, Failure failure) {
        ErrorCode code = failure.error().code();
        return switch (failure.outcome()) {
            case TIMED_OUT -> plain(head, answered, 408, "{\"error\": \"handler timed out\"}", code);
            case UNAVAILABLE, CANCELLED ->
                code.httpStatus() == 0 || code.httpStatus() == 503
                        ? plain(head, answered, 503, "", code)
                        : plain(
                                head,
                                answered,
                                code.httpStatus(),
                                failure.error().line(),
                                code);
            case WORKER_LOST, FAILED, RESPONDED ->
                plain(head, answered, 500, failure.error().what(), code);
        };
    }

    /** An answer of our own. {@code answered}: null if no worker was asked; {@code code}: null if nothing went wrong. */
    final Object plain(ResponseHead head, Invocation answered, int status, String text, ErrorCode code) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        head.begin(status);
        head.serverAndDate(true, loop.clock().nanoTime());
        if (body.length > 0) {
            head.defaultContentType();
        }
        frame(head, status == 204, false, body.length, false);
        if (status == 503) {
            head.raw(RETRY_AFTER);
        }
        if (answered != null) {
            head.event(answered);
        }
        if (code != null) {
            head.error(code.code());
        }
        extras(head);
        head.end();
        return pack(head, isHead() ? EMPTY : ByteBuffer.wrap(body), false);
    }

    @Override
    public final boolean isWritable() {
        AtomicInteger streaming = inFlight;
        return !gone && (streaming == null || streaming.get() < MAX_IN_FLIGHT) && keepsUp();
    }

    @Override
    public final boolean capturesLogs() {
        return logs != null;
    }

    @Override
    public final void log(LogRecord logged) {
        if (logs != null) {
            logs.add(logged);
        }
    }

    /** Whether the client has left. Any thread. */
    final boolean isGone() {
        return gone;
    }

    // On the loop.

    /** Turns on the capture of what the handler logs. */
    final void capture(LogCapture capture) {
        logs = capture;
    }

    /** Gives the event, the request itself or what it stands for, to a worker. */
    final void give(Event event) {
        lend();
        try {
            Invocation opened =
                    trigger.invoker().invoke(event, trigger.setting().waitNanos(), this);
            if (!finished) {
                invocation = opened;
            }
        } catch (RuntimeException e) {
            trigger.complaints().say(ourBug("giving an event to a worker"), e);
            answer(500, "", ErrorCode.INTERNAL);
        }
    }

    /** From here on the event is somebody else's until the reply comes. */
    final void lend() {
        given = true;
        loop.opened();
    }

    /** Answers without a worker. */
    final void answer(int status, String text, ErrorCode code) {
        accept(plain(loop.head(), null, status, text, code), true);
    }

    /** Answers a preflight, of which the function learns nothing. */
    final void answerPreflight(boolean granted) {
        ResponseHead head = loop.head().begin(granted ? 200 : 400);
        head.serverAndDate(true, loop.clock().nanoTime());
        frame(head, false, false, 0, false);
        head.raw(ResponseHead.ascii(trigger.cors().preflightLines(requestHeaders())));
        head.end();
        accept(pack(head, EMPTY, false), true);
    }

    /** An answer, or a part of one, has arrived. */
    final void accept(Object answer, boolean last) {
        AtomicInteger streaming = inFlight;
        if (streaming != null) {
            landed(streaming, answer);
        }
        if (finished || gone) {
            discard(answer);
        } else {
            write(answer, last);
        }
        if (last) {
            finish();
        }
    }

    private void landed(AtomicInteger streaming, Object part) {
        int size = sizeOf(part);
        int left = streaming.addAndGet(-size);
        if (left < MAX_IN_FLIGHT && left + size >= MAX_IN_FLIGHT) {
            resume();
        }
    }

    /** The client has left: what runs is cancelled, what was asked is dropped. */
    final void abandon() {
        if (finished || gone) {
            return;
        }
        gone = true;
        Invocation open = invocation;
        if (open != null) {
            open.cancel();
        }
        // Given without an invocation (a batch): lent until the reply comes.
        if (open != null || !given) {
            finish();
        }
    }

    /** The client reads again. */
    final void resume() {
        Invocation open = invocation;
        if (open != null && isWritable()) {
            open.resume();
        }
    }

    private void finish() {
        if (finished) {
            return;
        }
        finished = true;
        invocation = null;
        releaseBody();
        if (given) {
            loop.ended();
        }
    }

    final boolean isFinished() {
        return finished;
    }

    /** Gives back what an answer holds that nobody will write. */
    static void discard(Object answer) {
        ReferenceCountUtil.safeRelease(answer);
    }
}
