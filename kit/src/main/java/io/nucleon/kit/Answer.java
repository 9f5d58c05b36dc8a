package io.nucleon.kit;

import java.util.List;
import java.util.Map;

/**
 * A whole answer. Immutable.
 *
 * @param first the RESPONSE
 * @param chunks the CHUNKs behind it
 * @param body of all of them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(Received first, List<Received> chunks, byte[] body) {

    int code() {
        return first.code() == 0 ? 200 : first.code();
    }

    /** Flags of the RESPONSE and of the last CHUNK. */
    boolean has(int flag) {
        return first.has(flag) || (!chunks.isEmpty() && chunks.getLast().has(flag));
    }

    Map<String, String> extra() {
        return chunks.isEmpty() || chunks.getLast().extra().isEmpty()
                ? first.extra()
                : chunks.getLast().extra();
    }

    String text() {
        return new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }

    String shown() {
        return "code " + code() + ", content type " + Received.shown(first.contentType()) + ", body "
                + Received.shown(text());
    }
}
