package io.nucleon.record;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.EventKeeper;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.Raised;
import io.nucleon.invoke.ResponseView;
import io.nucleon.journal.RecordedAnswer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Copies answers for the journal, a streamed one part by part. Confined to the thread that replies. */
final class AnswerCopy {

    /** Of an answer that is kept; what a handler streams without end is not. */
    private static final int MOST_BODY = 64 << 20;

    private static final int FAILED_STATUS = 500;

    private final int status;
    private final String contentType;
    private final List<String> headers;
    private final long handlerNanos;
    private final String reason;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean failed;
    private boolean tooLarge;

    AnswerCopy(ResponseView view) {
        status = view.status() == 0 ? 200 : view.status();
        contentType = text(view.contentType());
        headers = pairs(view.headers());
        handlerNanos = view.handlerNanos();
        failed = view.failed();
        reason = failed ? Raised.of(view.extra()).line() : "";
        add(view.body());
    }

    void add(ByteBuffer part) {
        if (body.size() + part.remaining() > MOST_BODY) {
            tooLarge = true;
            return;
        }
        byte[] bytes = new byte[part.remaining()];
        part.duplicate().get(bytes);
        body.writeBytes(bytes);
    }

    void failed() {
        failed = true;
    }

    RecordedAnswer answer() {
        if (tooLarge) {
            return new RecordedAnswer(
                    word(Outcome.FAILED),
                    FAILED_STATUS,
                    "",
                    List.of(),
                    ByteBuffer.allocate(0),
                    handlerNanos,
                    ErrorCode.ANSWER_INVALID.code(),
                    "the answer is over " + (MOST_BODY >> 20) + " MiB");
        }
        return new RecordedAnswer(
                word(failed ? Outcome.FAILED : Outcome.RESPONDED),
                status,
                contentType,
                headers,
                ByteBuffer.wrap(body.toByteArray()),
                handlerNanos,
                failed ? ErrorCode.HANDLER_FAILED.code() : "",
                reason);
    }

    /** What stands for the answer of an event that got none. */
    static RecordedAnswer of(Failure failure) {
        return new RecordedAnswer(
                word(failure.outcome()),
                failure.error().code().httpStatus(),
                "",
                List.of(),
                ByteBuffer.allocate(0),
                0,
                failure.error().code().code(),
                failure.error().what());
    }

    /** A kept answer for who asks for it. */
    static EventKeeper.Call call(RecordedAnswer answer) {
        byte[] block = String.join("\0", answer.headers()).getBytes(StandardCharsets.UTF_8);
        return new EventKeeper.Call(
                EventKeeper.State.ANSWERED,
                answer.status(),
                answer.contentType(),
                ByteBuffer.wrap(block),
                answer.body(),
                answer.code());
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> pairs(ByteBuffer block) {
        String text = text(block);
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> pairs = new ArrayList<>(List.of(text.split("\0", -1)));
        if (pairs.size() % 2 != 0) {
            pairs.removeLast();
        }
        return pairs;
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
