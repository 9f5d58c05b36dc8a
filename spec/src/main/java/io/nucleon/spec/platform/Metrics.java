package io.nucleon.spec.platform;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NearestName;
import io.nucleon.spec.field.Fields;
import java.util.List;
import java.util.Map;

/**
 * Where metrics go; nowhere unless a list names a sink.
 *
 * @param system names of the sinks of the platform's own metrics
 * @param functions names of the sinks of functions' metrics
 */
public record Metrics(Map<String, Sink> sinks, List<String> system, List<String> functions) {
    public static final Metrics NONE = new Metrics(Map.of(), List.of(), List.of());

    static Metrics read(Fields metrics) {
        Map<String, Sink> sinks = metrics.named("sinks", (name, sink) -> Sink.read(sink));
        var read = new Metrics(sinks, names(metrics, "system", sinks), names(metrics, "functions", sinks));
        metrics.done();
        return read;
    }

    private static List<String> names(Fields metrics, String list, Map<String, Sink> sinks) {
        List<String> names = metrics.texts(list);
        for (String name : names) {
            if (!sinks.containsKey(name)) {
                metrics.report(ErrorCode.SINK_UNKNOWN, list)
                        .what("names a sink that is not defined")
                        .why("Failed to find metric sink " + name)
                        .fix(
                                sinks.isEmpty()
                                        ? "define it below metrics.sinks"
                                        : NearestName.advice(name, sinks.keySet(), "metrics.sinks has: "))
                        .add();
            }
        }
        return names;
    }
}
