package io.nucleon.log;

import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LogRecord;
import io.nucleon.runtime.FunctionLog;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.event.Level;

/**
 * The records and prints of one function. A record is named after trigger and worker as nuclio names it, gets the processor's time, and
 * carries {@code function}, {@code trigger}, {@code worker} and {@code event} beside the handler's own fields. Safe for many threads.
 */
final class FunctionRecords implements FunctionLog {

    private final String function;
    private final List<LogConfig.Sink> sinks;
    private final Level lowest;
    private final Logs logs;
    private final LineSink prints;
    private final LineSink errorPrints;

    FunctionRecords(String function, List<LogConfig.Sink> sinks, Logs logs, LineSink prints, LineSink errorPrints) {
        this.function = function;
        this.sinks = sinks;
        this.logs = logs;
        this.prints = prints;
        this.errorPrints = errorPrints;
        lowest = Logs.lowest(sinks);
    }

    @Override
    public void record(Invocation invocation, LogRecord logged) {
        Level level = level(logged.level());
        if (level.toInt() < lowest.toInt()) {
            return;
        }
        List<LogField> fields = new ArrayList<>(4);
        fields.add(new LogField("function", function));
        String worker = "w" + logged.worker();
        String name = "processor." + worker + ".logger";
        if (invocation != null) {
            String trigger = invocation.event().source().name();
            name = "processor." + trigger + "." + worker + ".logger";
            fields.add(new LogField("trigger", trigger));
        }
        fields.add(new LogField("worker", logged.worker()));
        if (invocation != null) {
            fields.add(new LogField("event", invocation.id()));
        }
        long now = logs.clock().wallNanos();
        logs.write(new LogEvent(now, level, name, logged.message(), fields, logged.with(), null), sinks);
    }

    @Override
    public void line(int worker, boolean error, String line) {
        (error ? errorPrints : prints).line(line);
    }

    private static Level level(int level) {
        return switch (level) {
            case 1 -> Level.INFO;
            case 2 -> Level.WARN;
            case 3 -> Level.ERROR;
            default -> Level.DEBUG;
        };
    }
}
