package io.nucleon.cli.bench;

import io.nucleon.error.JsonWriter;
import io.nucleon.host.JsonReader;
import io.nucleon.load.Latencies;
import io.nucleon.load.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run as numbers, as it is kept. Immutable. What is not known is NaN.
 *
 * @param events planned
 * @param rate answers a second
 * @param lateShare share of requests that the generator came to more than 1 ms late
 * @param lateP99 of how late it came, ms
 * @param generatorBusy largest share of its time that a thread of the generator was on a CPU
 * @param generatorCpu CPU time of the whole generator as a share of one core
 * @param othersShare share of the machine's CPU time that went to other processes
 * @param stolenShare share of it that other guests of its host had
 * @param compilerShare share of the function's CPU time that its JVM's compilers took
 * @param cpuMicros of the whole process tree for each answer
 * @param rssBytes resident memory of the tree at the end, what is shared once
 * @param processes the same for each of its processes
 * @param ms percentiles by part; {@code total} always, {@code queue}, {@code handler}, {@code transport} if the server told them
 */
public record Figures(
        long events,
        long failed,
        double seconds,
        double rate,
        double lateShare,
        double lateP99,
        double generatorBusy,
        double generatorCpu,
        double othersShare,
        double stolenShare,
        double compilerShare,
        double cpuMicros,
        double rssBytes,
        List<Program> processes,
        Map<String, Percentiles> ms) {

    /** Names of the parts, the whole first. */
    public static final List<String> PARTS = List.of("total", "queue", "handler", "transport");

    private static final double NANOS_PER_MILLI = 1e6;

    /** One process: its program's name, CPU µs for each answer, resident bytes without shared memory. */
    public record Program(String name, double cpuMicros, double rssBytes) {}

    public Figures {
        processes = List.copyOf(processes);
        ms = Map.copyOf(ms);
    }

    /** Those of a run. */
    public static Figures of(Measurement measured) {
        var run = measured.run();
        double seconds = run.elapsedNanos() / 1e9;
        return new Figures(
                run.tally().planned(),
                run.tally().failed(),
                seconds,
                run.rate(),
                run.lateShare(),
                run.latencies().lateness().getValueAtPercentile(99) / NANOS_PER_MILLI,
                run.busiest(),
                seconds > 0 ? measured.generatorSeconds() / seconds : 0,
                measured.othersShare(),
                measured.stolenShare(),
                measured.compilerShare(),
                measured.cpuMicrosPerEvent(),
                measured.processes().isEmpty() ? Double.NaN : measured.residentBytes(),
                measured.processes().stream()
                        .map(one ->
                                new Program(one.name(), measured.microsPerEvent(one.cpuSeconds()), one.privateBytes()))
                        .toList(),
                percentiles(run.latencies()));
    }

    /** Percentiles of all that is known. */
    public static Map<String, Percentiles> percentiles(Latencies latencies) {
        Map<String, Percentiles> ms = new LinkedHashMap<>();
        ms.put("total", Percentiles.of(latencies.total()));
        if (latencies.hasParts()) {
            ms.put("queue", Percentiles.of(latencies.queue()));
            ms.put("handler", Percentiles.of(latencies.handler()));
            ms.put("transport", Percentiles.of(latencies.transport()));
        }
        return ms;
    }

    /** Share of the events that failed. */
    public double failedShare() {
        return events == 0 ? 0 : (double) failed / events;
    }

    /**
     * The figure of that name: {@code p99} (of the whole), {@code handler.p50}, {@code cpu} (µs), {@code rss} (bytes), {@code rate},
     * {@code error}, {@code late} (shares); NaN if it is not known.
     */
    public double named(String name) {
        int dot = name.indexOf('.');
        String part = dot > 0 && PARTS.contains(name.substring(0, dot)) ? name.substring(0, dot) : "total";
        String percentile = part.equals("total") && !name.startsWith("total.") ? name : name.substring(dot + 1);
        return switch (name) {
            case "cpu" -> cpuMicros;
            case "rss" -> rssBytes;
            case "rate" -> rate;
            case "error" -> failedShare();
            case "late" -> lateShare;
            default -> ms.containsKey(part) ? ms.get(part).named(percentile) : Double.NaN;
        };
    }

    void write(JsonWriter json) {
        json.object().name("events").value(events).name("failed").value(failed);
        number(json, "seconds", seconds);
        number(json, "rate", rate);
        number(json, "lateShare", lateShare);
        number(json, "lateP99", lateP99);
        number(json, "generatorBusy", generatorBusy);
        number(json, "generatorCpu", generatorCpu);
        number(json, "othersShare", othersShare);
        number(json, "stolenShare", stolenShare);
        number(json, "compilerShare", compilerShare);
        number(json, "cpuMicros", cpuMicros);
        number(json, "rssBytes", rssBytes);
        json.name("processes").array();
        for (Program one : processes) {
            json.object().name("name").value(one.name());
            number(json, "cpuMicros", one.cpuMicros());
            number(json, "rssBytes", one.rssBytes());
            json.endObject();
        }
        json.endArray();
        write(json.name("ms"), ms);
        json.endObject();
    }

    static void write(JsonWriter json, Map<String, Percentiles> ms) {
        json.object();
        PARTS.stream().filter(ms::containsKey).forEach(part -> ms.get(part).write(json.name(part)));
        json.endObject();
    }

    static Optional<Figures> read(Object value) {
        return JsonReader.asObject(value)
                .map(members -> new Figures(
                        JsonReader.number(members, "events"),
                        JsonReader.number(members, "failed"),
                        Numbers.number(members, "seconds"),
                        Numbers.number(members, "rate"),
                        Numbers.number(members, "lateShare"),
                        Numbers.number(members, "lateP99"),
                        Numbers.number(members, "generatorBusy"),
                        Numbers.number(members, "generatorCpu"),
                        Numbers.number(members, "othersShare"),
                        Numbers.number(members, "stolenShare"),
                        Numbers.number(members, "compilerShare"),
                        Numbers.number(members, "cpuMicros"),
                        Numbers.number(members, "rssBytes"),
                        processes(members.get("processes")),
                        percentiles(members.get("ms"))));
    }

    private static List<Program> processes(Object value) {
        List<Program> processes = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> JsonReader.asObject(item)
                    .ifPresent(members -> processes.add(new Program(
                            JsonReader.text(members, "name"),
                            Numbers.number(members, "cpuMicros"),
                            Numbers.number(members, "rssBytes")))));
        }
        return processes;
    }

    static Map<String, Percentiles> percentiles(Object value) {
        Map<String, Percentiles> ms = new LinkedHashMap<>();
        JsonReader.asObject(value).ifPresent(parts -> {
            for (String part : PARTS) {
                Percentiles.read(parts.get(part)).ifPresent(known -> ms.put(part, known));
            }
        });
        return ms;
    }

    private static void number(JsonWriter json, String name, double value) {
        if (name.endsWith("Bytes") && Double.isFinite(value)) {
            json.name(name).value((long) value);
        } else {
            json.name(name).value(Numbers.rounded(value));
        }
    }
}
