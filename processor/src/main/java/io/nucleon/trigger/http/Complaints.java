package io.nucleon.trigger.http;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warnings that a client or a handler can provoke at will: one line a cause a minute, with how many were left out. Any thread. */
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger(HttpTrigger.class);
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Clock clock;
    private final Map<ErrorCode, Seen> seen = new EnumMap<>(ErrorCode.class);

    private static final class Seen {
        long quietUntil;
        long leftOut;
    }

    Complaints(Clock clock) {
        this.clock = clock;
    }

    void say(ErrorMessage error) {
        say(error, null);
    }

    /** Same with a cause; its trace is logged with the line. */
    void say(ErrorMessage error, Throwable cause) {
        long leftOut = take(error.code());
        if (leftOut >= 0) {
            LOG.warn("{}{}", error.line(), leftOut == 0 ? "" : " (" + leftOut + " more like this)", cause);
        }
    }

    /** How many were left out since the last line, or -1 if this one is to be left out as well. */
    private synchronized long take(ErrorCode code) {
        long now = clock.nanoTime();
        Seen last = seen.get(code);
        if (last == null) {
            last = new Seen();
            seen.put(code, last);
        } else if (now - last.quietUntil < 0) {
            last.leftOut++;
            return -1;
        }
        long leftOut = last.leftOut;
        last.leftOut = 0;
        last.quietUntil = now + QUIET_NANOS;
        return leftOut;
    }
}
