package io.nucleon.log;

import io.nucleon.error.NucleonException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Stack traces as text. */
final class StackText {

    /** The frames that matter are at the beginning; a record stays one that a log reader takes. */
    private static final int MAX_TRACE = 16_384;

    private StackText() {}

    /** The trace of what was thrown; empty for none and for an error whose message says all. */
    static String of(Throwable thrown) {
        Throwable shown = thrown instanceof NucleonException ? thrown.getCause() : thrown;
        if (shown == null) {
            return "";
        }
        StringWriter text = new StringWriter();
        try (PrintWriter writer = new PrintWriter(text)) {
            shown.printStackTrace(writer);
        } catch (RuntimeException e) {
            text.append(shown.getClass().getName()).append(" (its trace can't be written)");
        }
        return LogEvent.cut(text.toString().stripTrailing(), MAX_TRACE);
    }
}
