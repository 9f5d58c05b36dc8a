package io.nucleon.log;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.Place;
import io.nucleon.spec.LoggerSink;
import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.platform.Logging;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.problem.Report;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.Level;

/**
 * Which records go where.
 *
 * @param system sinks of the processor's own records
 * @param functions sinks of handlers' records
 */
public record LogConfig(List<Sink> system, List<Sink> functions) {

    /** The only kind of sink in this version. */
    private static final String STDOUT = "stdout";

    /** Where a sink writes. */
    public enum Output {
        STDOUT,
        STDERR
    }

    /** Records from {@code from} on go to {@code output} in that encoding. */
    public record Sink(Level from, LineEncoder encoder, Output output) {}

    public LogConfig {
        system = List.copyOf(system);
        functions = List.copyOf(functions);
    }

    /** Everything from {@code from} on to one output in nuclio's encoding for people. */
    public static LogConfig console(Level from, Output output) {
        Sink sink = new Sink(from, people(FieldForm.FLATTENED), output);
        return new LogConfig(List.of(sink), List.of(sink));
    }

    /** The same in nuclio's encoding for programs. */
    public static LogConfig json(Level from, Output output) {
        Sink sink = new Sink(from, new JsonEncoder("time", false, "", FieldForm.STRUCTURED), output);
        return new LogConfig(List.of(sink), List.of(sink));
    }

    /**
     * What platform.yaml and a function say.
     *
     * @param functions of the function: {@link Logging#of}
     * @param problems gets NUC-7020 for each sink that can't be had; it is left out
     */
    public static LogConfig of(Logging platform, List<LoggerSink> functions, Problems problems) {
        Map<String, io.nucleon.spec.platform.Sink> sinks = platform.sinks();
        return new LogConfig(resolve(sinks, platform.system(), problems), resolve(sinks, functions, problems));
    }

    private static List<Sink> resolve(
            Map<String, io.nucleon.spec.platform.Sink> sinks, List<LoggerSink> bindings, Problems problems) {
        List<Sink> resolved = new ArrayList<>();
        for (LoggerSink binding : bindings) {
            io.nucleon.spec.platform.Sink sink = sinks.get(binding.sink());
            // One that is not defined has been reported when the file was read.
            if (sink == null || !sink.enabled()) {
                continue;
            }
            if (!sink.kind().isEmpty() && !sink.kind().equals(STDOUT)) {
                new Report(problems, ErrorCode.LOG_SINK_INVALID, Place.NONE, "logger.sinks." + binding.sink())
                        .what("has a kind that is not in this version")
                        .why("kind '" + sink.kind() + "'; here: " + STDOUT)
                        .fix("set logger.sinks." + binding.sink() + ".kind: " + STDOUT)
                        .add();
                continue;
            }
            LineEncoder encoder = encoder(sink.attributes(), problems);
            resolved.add(new Sink(level(binding.level()), encoder, Output.STDOUT));
        }
        return resolved;
    }

    private static LineEncoder encoder(Attributes attributes, Problems problems) {
        Fields fields = attributes.fields(problems);
        String encoding = fields.text("encoding", "console");
        boolean json = encoding.equals("json");
        if (!json && !encoding.equals("console")) {
            fields.report(ErrorCode.LOG_SINK_INVALID, "encoding")
                    .what("is no encoding")
                    .why("'" + encoding + "' stands there; here: console, json")
                    .fix("set " + fields.path("encoding") + ": json")
                    .add();
        }
        String mode = fields.text("varGroupMode", json ? "structured" : "flattened");
        FieldForm form = mode.equals("structured") ? FieldForm.STRUCTURED : FieldForm.FLATTENED;
        if (!json) {
            return people(form);
        }
        String time = fields.text("timeFieldEncoding", "epoch-millis");
        return new JsonEncoder(
                fields.text("timeFieldName", "time"),
                time.toLowerCase(Locale.ROOT).startsWith("iso"),
                fields.text("varGroupName", ""),
                form);
    }

    private static LineEncoder people(FieldForm form) {
        return new ConsoleEncoder(ZoneId::systemDefault, form);
    }

    private static Level level(LoggerSink.Level level) {
        return switch (level) {
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            case ERROR -> Level.ERROR;
        };
    }
}
