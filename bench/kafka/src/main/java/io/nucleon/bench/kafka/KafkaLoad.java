package io.nucleon.bench.kafka;

import io.nucleon.load.ProcessTree;
import io.nucleon.support.FileTree;
import io.nucleon.support.broker.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Reads one topic by several readers, one after the other, and prints what a record costs each of them: CPU time of its whole process
 * tree between two positions that it has committed. Arguments: the distribution's folder, the functions' folder, rounds, records, partitions,
 * then the readers' names (none = all).
 */
public final class KafkaLoad {

    private static final int BYTES = 100;
    private static final long LOOK_MILLIS = 50;
    private static final long MOST_SECONDS = 300;
    /** As in the other benches: in-process functions have a loop a core, and one is what is compared. */
    private static final String ONE_CPU = "-XX:ActiveProcessorCount=1 -XX:+UseG1GC";

    private final Path dist;
    private final Path functions;
    private final Path work;
    private final KafkaBroker broker;
    private final Topic topic;
    private final long records;

    /** One that reads: how it is started for a group, and how many of the records it is given time for. */
    private record Reader(Start start, double share) {
        @FunctionalInterface
        interface Start {
            ProcessBuilder of(String group) throws IOException;
        }
    }

    private KafkaLoad(Path dist, Path functions, Path work, KafkaBroker broker, Topic topic, long records) {
        this.dist = dist;
        this.functions = functions;
        this.work = work;
        this.broker = broker;
        this.topic = topic;
        this.records = records;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[2]);
        long records = Long.parseLong(arguments[3]);
        int partitions = Integer.parseInt(arguments[4]);
        List<String> wanted = List.of(arguments).subList(5, arguments.length);
        Path work = Files.createTempDirectory("nucleon-bench-kafka");
        try (KafkaBroker broker = new KafkaBroker(Map.of()).start();
                Topic topic = new Topic(broker.address())) {
            topic.fill(partitions, records, BYTES);
            KafkaLoad load = new KafkaLoad(Path.of(arguments[0]), Path.of(arguments[1]), work, broker, topic, records);
            load.measure(rounds, wanted);
        } finally {
            FileTree.delete(work);
        }
    }

    private Map<String, Reader> readers() {
        Map<String, Reader> readers = new LinkedHashMap<>();
        readers.put("bare-loop", new Reader(this::bareLoop, 1));
        readers.put("java-nonblocking", new Reader(group -> nucleon(group, "java", "Empty", "nonblocking"), 1));
        readers.put("java", new Reader(group -> nucleon(group, "java", "Empty", "ordinary"), 1));
        readers.put("python", new Reader(group -> nucleon(group, "python", "echo:empty", ""), 0.4));
        return readers;
    }

    private void measure(int rounds, List<String> wanted) throws Exception {
        for (int round = 0; round < rounds; round++) {
            List<String> names = new ArrayList<>(readers().keySet());
            if (!wanted.isEmpty()) {
                names.retainAll(wanted);
            }
            for (int i = 0; i < names.size(); i++) {
                String name = names.get((i + round) % names.size());
                double micros = cost(name, round, readers().get(name));
                System.out.printf(
                        Locale.ROOT,
                        "%d %-17s %7.2f µs/record %9.0f records/CPU s%n",
                        round,
                        name,
                        micros,
                        1e6 / micros);
            }
        }
    }

    /** µs of CPU a record, from a quarter of its records on. */
    private double cost(String name, int round, Reader reader) throws Exception {
        String group = name + "-" + round;
        long last = (long) (records * reader.share);
        Path log = work.resolve(group + ".log");
        Process process = reader.start
                .of(group)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            long from = await(process, group, last / 4, log);
            double before = ProcessTree.cpuSeconds(process.pid());
            long to = await(process, group, last, log);
            double after = ProcessTree.cpuSeconds(process.pid());
            return 1e6 * (after - before) / (to - from);
        } finally {
            List<ProcessHandle> tree = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .toList();
            tree.forEach(ProcessHandle::destroyForcibly);
            for (ProcessHandle one : tree) {
                one.onExit().get(MOST_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private long await(Process process, String group, long records, Path log) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        long done = topic.done(group);
        while (done < records) {
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                throw new IllegalStateException(group + " has done " + done + " records:\n" + Files.readString(log));
            }
            done = topic.done(group);
        }
        return done;
    }

    private ProcessBuilder bareLoop(String group) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "@" + dist.resolve("lib/jvm.options"),
                "-cp",
                System.getProperty("java.class.path"),
                BareLoop.class.getName(),
                broker.address(),
                Topic.NAME,
                group);
        builder.environment().put("JDK_JAVA_OPTIONS", ONE_CPU);
        return builder;
    }

    private ProcessBuilder nucleon(String group, String runtime, String handler, String javaFunction)
            throws IOException {
        Path folder = Files.createDirectories(work.resolve(group));
        Files.writeString(
                folder.resolve("processor.yaml"),
                "metadata: {name: bench}\nspec:\n  runtime: " + runtime + "\n  handler: " + handler
                        + "\n  disableDefaultHTTPTrigger: true\n  triggers:\n    load:\n      kind: kafka-cluster\n"
                        + "      numWorkers: 1\n      attributes: {brokers: ['" + broker.address() + "'], topics: ["
                        + Topic.NAME + "], consumerGroup: " + group + ", initialOffset: earliest}\n");
        Files.writeString(
                folder.resolve("platform.yaml"),
                "webAdmin: {enabled: false}\nhealthCheck: {enabled: false}\njournal: {path: "
                        + folder.resolve("journal") + "}\n");
        ProcessBuilder builder = new ProcessBuilder(
                dist.resolve("bin/nucleon").toString(),
                "processor",
                "--config",
                folder.resolve("processor.yaml").toString(),
                "--platform-config",
                folder.resolve("platform.yaml").toString());
        Map<String, String> environment = builder.environment();
        Path code = javaFunction.isEmpty()
                ? functions.resolve(runtime)
                : functions.resolve("java").resolve(javaFunction);
        environment.put("NUCLIO_HANDLER_DIR", code.toString());
        if (!javaFunction.isEmpty()) {
            environment.put(
                    "JDK_JAVA_OPTIONS", (ONE_CPU + " " + environment.getOrDefault("NUCLEON_BENCH_JVM", "")).strip());
        }
        return builder;
    }
}
