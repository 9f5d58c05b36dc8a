package io.nucleon.log;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.event.Level;

/**
 * Which records go where.
 *
 * @param system sinks of the processor's own records
 * @param functions sinks of handlers' records
 */
public record LogConfig(List<Sink> system, List<Sink> functions) {

    /** Where a sink writes. */
    public enum Output {
        STDOUT,
        STDERR
    }

    /** Records from {@code from} on go to {@code output} in that encoding. */
    public record Sink(Level from, LineEncoder encoder, Output output) {}

    /**
     * A sink as platform.yaml defines it.
     *
     * @param kind {@code stdout}; empty = that
     * @param attributes keys as written, looked up without regard to case
     */
    public record Definition(String kind, Map<String, ?> attributes) {}

    /**
     * Records from a level on go to a named sink.
     *
     * @param level {@code debug}, {@code info}, {@code warn} or {@code warning}, {@code error}; anything else is debug
     */
    public record Binding(String level, String sink) {}

    public LogConfig {
        system = List.copyOf(system);
        functions = List.copyOf(functions);
    }

    /** Everything from {@code from} on to one output in nuclio's encoding for people; nuclio's default is that at debug on stdout. */
    public static LogConfig console(Level from, Output output) {
        Sink sink = new Sink(from, encoder("default", new Definition("", Map.of())), output);
        return new LogConfig(List.of(sink), List.of(sink));
    }

    /**
     * What platform.yaml's {@code logger} says.
     *
     * @throws io.nucleon.error.NucleonException NUC-7020 when a sink is not defined or can't be had
     */
    public static LogConfig of(Map<String, Definition> sinks, List<Binding> system, List<Binding> functions) {
        return new LogConfig(resolve(sinks, system), resolve(sinks, functions));
    }

    /**
     * The same with a function's own {@code loggerSinks} instead of the platform's; a single one without a name changes only the level.
     *
     * @throws io.nucleon.error.NucleonException NUC-7020 as {@link #of}
     */
    public LogConfig withFunctionSinks(Map<String, Definition> sinks, List<Binding> own) {
        if (own.isEmpty()) {
            return this;
        }
        if (own.size() == 1 && own.getFirst().sink().isEmpty()) {
            Level level = level(own.getFirst().level());
            return new LogConfig(
                    system,
                    functions.stream()
                            .map(sink -> new Sink(level, sink.encoder(), sink.output()))
                            .toList());
        }
        return new LogConfig(system, resolve(sinks, own));
    }

    /** The level that nuclio means by a word. */
    public static Level level(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "info" -> Level.INFO;
            case "warn", "warning" -> Level.WARN;
            case "error" -> Level.ERROR;
            default -> Level.DEBUG;
        };
    }

    private static List<Sink> resolve(Map<String, Definition> sinks, List<Binding> bindings) {
        List<Sink> resolved = new ArrayList<>();
        for (Binding binding : bindings) {
            Definition sink = sinks.get(binding.sink());
            if (sink == null) {
                throw refused(
                        "Failed to find logger sink " + binding.sink(),
                        "defined: " + (sinks.isEmpty() ? "none" : String.join(", ", sinks.keySet())),
                        "define it in 'logger.sinks' of platform.yaml");
            }
            resolved.add(new Sink(level(binding.level()), encoder(binding.sink(), sink), Output.STDOUT));
        }
        return resolved;
    }

    private static LineEncoder encoder(String name, Definition sink) {
        if (!sink.kind().isEmpty() && !sink.kind().equals("stdout")) {
            throw refused(
                    "logger sink '" + name + "' has a kind that is not in this version",
                    "kind '" + sink.kind() + "'; here: stdout",
                    "set logger.sinks." + name + ".kind: stdout");
        }
        Map<String, Object> attributes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        attributes.putAll(sink.attributes());
        String encoding = text(attributes, "encoding", "console");
        boolean json = encoding.equals("json");
        if (!json && !encoding.equals("console")) {
            throw refused(
                    "logger sink '" + name + "' has an unknown encoding",
                    "encoding '" + encoding + "'",
                    "set logger.sinks." + name + ".attributes.encoding: console, or json");
        }
        String mode = text(attributes, "varGroupMode", json ? "structured" : "flattened");
        FieldForm form = mode.equals("structured") ? FieldForm.STRUCTURED : FieldForm.FLATTENED;
        if (!json) {
            return new ConsoleEncoder(ZoneId::systemDefault, form);
        }
        boolean iso = text(attributes, "timeFieldEncoding", "epoch-millis")
                .toLowerCase(Locale.ROOT)
                .startsWith("iso");
        String time = text(attributes, "timeFieldName", "time");
        return new JsonEncoder(time, iso, text(attributes, "varGroupName", ""), form);
    }

    private static String text(Map<String, Object> attributes, String key, String otherwise) {
        Object value = attributes.get(key);
        return value == null || value.toString().isEmpty() ? otherwise : value.toString();
    }

    private static RuntimeException refused(String what, String why, String fix) {
        return ErrorMessage.of(ErrorCode.LOG_SINK_INVALID, what, why, fix).toException();
    }
}
