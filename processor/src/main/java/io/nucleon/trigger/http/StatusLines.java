package io.nucleon.trigger.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** Status lines as bytes; those of the usual statuses are made once. Safe for many threads. */
final class StatusLines {

    /** The lowest status that ends a request; a handler that asks for less gets an error. */
    static final int LOWEST = 200;

    static final int HIGHEST = 999;
    private static final int USUAL_HIGHEST = 511;
    private static final byte[][] USUAL = new byte[USUAL_HIGHEST + 1][];

    static {
        for (int status = LOWEST; status <= USUAL_HIGHEST; status++) {
            USUAL[status] = make(status);
        }
    }

    private StatusLines() {}

    static boolean isSendable(int status) {
        return status >= LOWEST && status <= HIGHEST;
    }

    /** {@code HTTP/1.1 200 OK} and its line end, for a sendable status. */
    static byte[] of(int status) {
        return status <= USUAL_HIGHEST ? USUAL[status] : make(status);
    }

    private static byte[] make(int status) {
        String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
        return ("HTTP/1.1 " + status + ' ' + reason + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
