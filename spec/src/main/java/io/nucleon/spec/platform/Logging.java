package io.nucleon.spec.platform;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NearestName;
import io.nucleon.error.Place;
import io.nucleon.spec.LoggerSink;
import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.problem.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where log lines go.
 *
 * @param system the processor's own
 * @param functions those of functions that say nothing
 */
public record Logging(Map<String, Sink> sinks, List<LoggerSink> system, List<LoggerSink> functions) {
    static final String STDOUT = "stdout";

    /** As nuclio: standard output takes everything. */
    public static final Logging DEFAULT = new Logging(
            Map.of(STDOUT, new Sink(STDOUT, true, "", Attributes.none("logger.sinks.stdout.attributes"))),
            List.of(new LoggerSink(LoggerSink.Level.DEBUG, STDOUT)),
            List.of(new LoggerSink(LoggerSink.Level.DEBUG, STDOUT)));

    static Logging read(Fields logger) {
        Map<String, Sink> sinks = logger.named("sinks", (name, sink) -> Sink.read(sink));
        List<LoggerSink> system = logger.each("system", item -> binding(item, sinks));
        List<LoggerSink> functions = logger.each("functions", item -> binding(item, sinks));
        logger.done();
        if (sinks.isEmpty()) {
            return DEFAULT;
        }
        return new Logging(sinks, system, functions);
    }

    /**
     * Where the lines of a function go: its own list or, when that is empty, the platform's; a single entry without a name means
     * the platform's at that level. Unknown sinks are reported (NUC-1032) and left out.
     */
    public List<LoggerSink> of(List<LoggerSink> own, Problems problems) {
        if (own.isEmpty()) {
            return functions;
        }
        if (own.size() == 1 && own.getFirst().sink().isEmpty()) {
            LoggerSink.Level level = own.getFirst().level();
            return functions.stream()
                    .map(sink -> new LoggerSink(level, sink.sink()))
                    .toList();
        }
        var found = new ArrayList<LoggerSink>();
        for (LoggerSink sink : own) {
            if (sinks.containsKey(sink.sink())) {
                found.add(sink);
            } else {
                unknown(
                        new Report(problems, ErrorCode.SINK_UNKNOWN, Place.NONE, "spec.loggerSinks"),
                        sink.sink(),
                        sinks);
            }
        }
        return List.copyOf(found);
    }

    private static LoggerSink binding(Fields item, Map<String, Sink> sinks) {
        LoggerSink binding = LoggerSink.read(item);
        Map<String, Sink> known = sinks.isEmpty() ? DEFAULT.sinks : sinks;
        if (!known.containsKey(binding.sink())) {
            unknown(item.report(ErrorCode.SINK_UNKNOWN, "sink"), binding.sink(), known);
        }
        return binding;
    }

    private static void unknown(Report report, String name, Map<String, Sink> sinks) {
        report.what("names a sink that is not defined")
                .why("Failed to find logger sink " + name)
                .fix(NearestName.advice(name, sinks.keySet(), "logger.sinks of platform.yaml has: "))
                .add();
    }
}
