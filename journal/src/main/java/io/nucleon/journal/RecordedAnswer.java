package io.nucleon.journal;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * How an event ended. Immutable.
 *
 * @param outcome {@code responded}, {@code failed}, {@code timed_out}, {@code worker_lost}, {@code unavailable}
 * @param status the handler's, or the one that its caller is shown
 * @param headers name, value, name, value; without the content type
 * @param body read-only; its position and limit are nobody's to move
 * @param handlerNanos ns spent in the handler, 0 if unknown
 * @param code {@code NUC-4030}, …; empty if it did not fail
 * @param reason one line for people; empty if it did not fail
 */
public record RecordedAnswer(
        String outcome,
        int status,
        String contentType,
        List<String> headers,
        ByteBuffer body,
        long handlerNanos,
        String code,
        String reason) {

    public RecordedAnswer {
        if (headers.size() % 2 != 0) {
            throw new IllegalArgumentException("a name without a value");
        }
        headers = List.copyOf(headers);
        body = body.asReadOnlyBuffer();
    }

    /** Whether the handler returned. */
    public boolean isResponded() {
        return outcome.equals("responded");
    }

    /** A copy of the body. */
    public byte[] bodyBytes() {
        byte[] bytes = new byte[body.remaining()];
        body.get(body.position(), bytes);
        return bytes;
    }

    RecordedAnswer with(List<String> otherHeaders, ByteBuffer otherBody, String otherReason) {
        return new RecordedAnswer(
                outcome, status, contentType, otherHeaders, otherBody, handlerNanos, code, otherReason);
    }
}
