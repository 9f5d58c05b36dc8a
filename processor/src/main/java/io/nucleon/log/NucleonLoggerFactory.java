package io.nucleon.log;

import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Makes the process's loggers and points them all to one target. Safe for many threads. */
final class NucleonLoggerFactory implements ILoggerFactory {

    private static final String OURS = "io.nucleon.";

    private final ConcurrentHashMap<String, NucleonLogger> loggers = new ConcurrentHashMap<>();
    private volatile LogTarget target = new EarlyTarget();

    @Override
    public Logger getLogger(String name) {
        NucleonLogger known = loggers.get(name);
        return known != null ? known : make(name);
    }

    LogTarget target() {
        return target;
    }

    synchronized void retarget(LogTarget other) {
        target = other;
        loggers.forEach((name, logger) -> logger.lowest(lowest(name, other)));
    }

    private synchronized NucleonLogger make(String name) {
        return loggers.computeIfAbsent(name, n -> new NucleonLogger(n, shown(n), this, lowest(n, target)));
    }

    /** What libraries tell below a warning is for their authors. */
    private static Level lowest(String name, LogTarget target) {
        Level lowest = target.lowest();
        return name.startsWith(OURS) || lowest.toInt() > Level.WARN.toInt() ? lowest : Level.WARN;
    }

    /** Our classes by their room as nuclio names its parts, {@code processor.worker}; others as they are. */
    private static String shown(String name) {
        if (!name.startsWith(OURS)) {
            return name;
        }
        int end = name.lastIndexOf('.');
        return end <= OURS.length() ? "processor" : "processor." + name.substring(OURS.length(), end);
    }
}
