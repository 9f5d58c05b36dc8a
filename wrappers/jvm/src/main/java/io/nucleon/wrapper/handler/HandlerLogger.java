package io.nucleon.wrapper.handler;

import io.nuclio.Logger;
import java.util.IllegalFormatException;

/**
 * A worker's logger: every record carries {@code worker_id}. Safe for many threads if its sink is.
 *
 * <p>A mistake in a log line must not cost its event: a format that its arguments don't fit is logged as it is.
 */
public final class HandlerLogger implements Logger {

    private static final int DEBUG = 0;
    private static final int INFO = 1;
    private static final int WARNING = 2;
    private static final int ERROR = 3;

    private final String workerId;
    private final String bare;
    private final LogSink sink;

    public HandlerLogger(int worker, LogSink sink) {
        this.workerId = Integer.toString(worker);
        this.bare = JsonText.object(new Object[0], workerId);
        this.sink = sink;
    }

    @Override
    public void error(String format, Object... args) {
        sink.log(ERROR, text(format, args), bare);
    }

    @Override
    public void warn(String format, Object... args) {
        sink.log(WARNING, text(format, args), bare);
    }

    @Override
    public void info(String format, Object... args) {
        sink.log(INFO, text(format, args), bare);
    }

    @Override
    public void debug(String format, Object... args) {
        sink.log(DEBUG, text(format, args), bare);
    }

    @Override
    public void errorWith(String message, Object... vars) {
        sink.log(ERROR, String.valueOf(message), with(message, vars));
    }

    @Override
    public void warnWith(String message, Object... vars) {
        sink.log(WARNING, String.valueOf(message), with(message, vars));
    }

    @Override
    public void infoWith(String message, Object... vars) {
        sink.log(INFO, String.valueOf(message), with(message, vars));
    }

    @Override
    public void debugWith(String message, Object... vars) {
        sink.log(DEBUG, String.valueOf(message), with(message, vars));
    }

    private static String text(String format, Object[] args) {
        try {
            return format == null ? "null" : String.format(format, args);
        } catch (IllegalFormatException mistake) {
            return format;
        }
    }

    private String with(String message, Object[] vars) {
        if (vars == null || vars.length == 0) {
            return bare;
        }
        if (vars.length % 2 != 0) {
            System.err.println(
                    "log line '" + message + "' has no fields: " + vars.length + " keys and values don't make pairs");
            return bare;
        }
        return JsonText.object(vars, workerId);
    }
}
