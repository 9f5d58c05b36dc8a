package io.nucleon.trigger.http;

import io.nucleon.error.Amounts;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;

/** What the log says of bodies that a trigger does not take. Any thread. */
final class BodyLimit {

    /** The length of a body that did not tell it before its limit was reached. */
    static final long UNKNOWN = -1;

    private BodyLimit() {}

    /** @param length as the request declares it, bytes, or {@link #UNKNOWN} */
    static void complain(HttpExchange exchange, long length) {
        exchange.trigger
                .complaints()
                .say(ErrorMessage.of(
                        ErrorCode.BODY_TOO_LARGE,
                        what(length, exchange.trigger.maxBody()),
                        "trigger '" + exchange.source().name() + "' takes no larger ones",
                        "set attributes.maxRequestBodySize of the trigger, or send a link instead of the data"));
    }

    static String what(long length, int limit) {
        String most = Amounts.bytes(limit);
        if (length == UNKNOWN) {
            return "body is over the limit of " + most;
        }
        String shown = Amounts.bytes(length);
        return shown.equals(most)
                ? "body of " + length + " bytes is over the limit of " + limit
                : "body of " + shown + " is over the limit of " + most;
    }
}
