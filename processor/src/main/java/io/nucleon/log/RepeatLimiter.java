package io.nucleon.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Lets a warning or error of one cause through once a minute and counts the others. A cause is a logger, a level and a message in which
 * numbers don't count. Safe for many threads, holding a lock only for a look-up.
 */
final class RepeatLimiter {

    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** More different causes in a minute share one line a logger and level. */
    private static final int MAX_CAUSES = 256;

    private static final int CAUSE_LENGTH = 200;
    private static final Pattern NUMBERS = Pattern.compile("\\d+");

    private final Map<String, Cause> causes = new HashMap<>();

    private static final class Cause {
        long since;
        long repeated;
        LogEvent last;

        Cause(long since) {
            this.since = since;
        }
    }

    /** Whether the record is to be written now. */
    boolean admits(LogEvent event, long nowNanos) {
        String origin = event.level() + " " + event.name() + " ";
        String message = event.message();
        String start = message.length() > CAUSE_LENGTH ? message.substring(0, CAUSE_LENGTH) : message;
        // The code stays; pids, ports and times in what follows it don't make another cause.
        int kept = start.startsWith("NUC-") ? Math.min(8, start.length()) : 0;
        String key = origin
                + start.substring(0, kept)
                + NUMBERS.matcher(start.substring(kept)).replaceAll("#");
        synchronized (causes) {
            Cause known = causes.get(key);
            if (known == null && causes.size() >= MAX_CAUSES) {
                key = origin;
                known = causes.get(key);
            }
            if (known == null) {
                causes.put(key, new Cause(nowNanos));
                return true;
            }
            known.repeated++;
            known.last = event;
            return false;
        }
    }

    /** The causes whose minute is over and that came again in it: the last record of each, with the count. Their next minute begins. */
    List<LogEvent> due(long nowNanos) {
        return take(nowNanos, false);
    }

    /** The same for all causes, minute or not. */
    List<LogEvent> all(long nowNanos) {
        return take(nowNanos, true);
    }

    /** Whether {@link #due} may return something later. */
    boolean isWatching() {
        synchronized (causes) {
            return !causes.isEmpty();
        }
    }

    private List<LogEvent> take(long nowNanos, boolean all) {
        List<LogEvent> due = new ArrayList<>();
        synchronized (causes) {
            Iterator<Cause> each = causes.values().iterator();
            while (each.hasNext()) {
                Cause cause = each.next();
                if (!all && nowNanos - cause.since < WINDOW_NANOS) {
                    continue;
                }
                if (cause.repeated == 0) {
                    each.remove();
                    continue;
                }
                due.add(cause.last.and("repeated", cause.repeated));
                cause.since = nowNanos;
                cause.repeated = 0;
                cause.last = null;
            }
        }
        return due;
    }
}
