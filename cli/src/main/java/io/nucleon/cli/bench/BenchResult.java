package io.nucleon.cli.bench;

import io.nucleon.error.JsonWriter;
import io.nucleon.host.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All of a bench, as {@code -o json} gives it and {@code --save} keeps it. Immutable.
 *
 * @param time when it was run, RFC 3339
 * @param software what it ran on: {@code nucleon 0.1.0 (abc), java 25.0.1}
 * @param runs at least one
 * @param ms percentiles of all runs together
 * @param suspect why the figures may be the generator's or the machine's; empty if nothing speaks against them
 */
public record BenchResult(
        Subject subject,
        Course course,
        Machine machine,
        String software,
        String time,
        List<Figures> runs,
        Map<String, Percentiles> ms,
        List<String> suspect) {

    public BenchResult {
        runs = List.copyOf(runs);
        ms = Map.copyOf(ms);
        suspect = List.copyOf(suspect);
    }

    /** A figure of each run, in their order; NaN where it is not known. */
    public double[] each(String name) {
        return runs.stream().mapToDouble(run -> run.named(name)).toArray();
    }

    /** The mean of a figure over the runs. */
    public double mean(String name) {
        return Spread.of(each(name)).mean();
    }

    /** All events of all runs. */
    public long events() {
        return runs.stream().mapToLong(Figures::events).sum();
    }

    /** All that failed. */
    public long failed() {
        return runs.stream().mapToLong(Figures::failed).sum();
    }

    /** One line of JSON. */
    public String toJson() {
        JsonWriter json = new JsonWriter().object();
        json.name("apiVersion").value("v1").name("kind").value("bench");
        json.name("time").value(time).name("software").value(software);
        machine.write(json.name("machine"));
        subject.write(json.name("function"));
        course.write(json.name("plan"));
        Figures.write(json.name("ms"), ms);
        json.name("runs").array();
        runs.forEach(run -> run.write(json));
        json.endArray().name("suspect").array();
        suspect.forEach(json::value);
        return json.endArray().endObject().toString();
    }

    /** What a file holds, if it is one of these. */
    public static Optional<BenchResult> fromJson(String text) {
        return JsonReader.object(text)
                .filter(members -> "bench".equals(members.get("kind")))
                .map(BenchResult::of)
                .filter(result -> !result.runs.isEmpty() && result.ms.containsKey("total"));
    }

    private static BenchResult of(Map<String, Object> members) {
        List<Figures> runs = new ArrayList<>();
        if (members.get("runs") instanceof List<?> list) {
            list.forEach(item -> Figures.read(item).ifPresent(runs::add));
        }
        List<String> suspect = new ArrayList<>();
        if (members.get("suspect") instanceof List<?> list) {
            list.forEach(item -> suspect.add(String.valueOf(item)));
        }
        return new BenchResult(
                Subject.read(members.get("function")),
                Course.read(members.get("plan")),
                Machine.read(members.get("machine")),
                JsonReader.text(members, "software"),
                JsonReader.text(members, "time"),
                runs,
                Figures.percentiles(members.get("ms")),
                suspect);
    }
}
