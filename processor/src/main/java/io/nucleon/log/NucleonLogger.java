package io.nucleon.log;

import io.nucleon.invoke.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/** One logger: makes a record of what it is told and gives it to the target. Safe for many threads. */
final class NucleonLogger extends LegacyAbstractLogger implements LoggingEventAware {

    private static final long serialVersionUID = 1L;

    private final String shown;
    private final transient NucleonLoggerFactory factory;
    private volatile int lowest;

    NucleonLogger(String name, String shown, NucleonLoggerFactory factory, Level lowest) {
        this.name = name;
        this.shown = shown;
        this.factory = factory;
        this.lowest = lowest.toInt();
    }

    void lowest(Level level) {
        lowest = level.toInt();
    }

    @Override
    public boolean isTraceEnabled() {
        return lowest <= Level.TRACE.toInt();
    }

    @Override
    public boolean isDebugEnabled() {
        return lowest <= Level.DEBUG.toInt();
    }

    @Override
    public boolean isInfoEnabled() {
        return lowest <= Level.INFO.toInt();
    }

    @Override
    public boolean isWarnEnabled() {
        return lowest <= Level.WARN.toInt();
    }

    @Override
    public boolean isErrorEnabled() {
        return lowest <= Level.ERROR.toInt();
    }

    @Override
    public void log(LoggingEvent event) {
        if (event.getLevel().toInt() < lowest) {
            return;
        }
        List<LogField> fields = new ArrayList<>();
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> fields.add(new LogField(pair.key, pair.value)));
        }
        give(event.getLevel(), event.getMessage(), event.getArgumentArray(), event.getThrowable(), fields);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return NucleonLogger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
        give(level, pattern, arguments, thrown, List.of());
    }

    private void give(Level level, String pattern, Object[] arguments, Throwable thrown, List<LogField> fields) {
        String message = arguments == null ? pattern : MessageFormatter.basicArrayFormat(pattern, arguments);
        long now = Clock.system().wallNanos();
        factory.target().log(new LogEvent(now, level, shown, message, fields, "", thrown));
    }
}
