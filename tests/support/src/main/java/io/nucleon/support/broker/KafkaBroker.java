package io.nucleon.support.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** One Kafka broker that is its own controller. The class path of the test must have its classes. */
public final class KafkaBroker extends BrokerProcess {

    private final Map<String, String> settings = new TreeMap<>();
    private final List<String> jvmOptions;
    private boolean formatted;

    /**
     * @param more settings, such as a listener's security
     * @param jvmOptions of its JVM
     */
    public KafkaBroker(Map<String, String> more, String... jvmOptions) throws IOException {
        super(Files.createTempDirectory("kafka"));
        this.jvmOptions = List.of(jvmOptions);
        int controller = freePort();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        settings.put("listeners", "CLIENT://127.0.0.1:" + port() + ",CONTROLLER://127.0.0.1:" + controller);
        settings.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "CLIENT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("log.dirs", folder().resolve("data").toString());
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        // Members that were killed are missed soon.
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "1000");
        settings.put("group.consumer.min.heartbeat.interval.ms", "200");
        settings.put("group.consumer.heartbeat.interval.ms", "500");
        settings.put("group.consumer.min.session.timeout.ms", "1000");
        settings.put("group.consumer.session.timeout.ms", "3000");
        settings.put("auto.create.topics.enable", "false");
        settings.putAll(more);
    }

    /** Starts it, the first time with no data; returns when it answers. */
    @Override
    public KafkaBroker start() throws IOException, InterruptedException {
        Path file = folder().resolve("server.properties");
        List<String> lines = new ArrayList<>();
        settings.forEach((name, value) -> lines.add(name + "=" + value));
        Files.write(file, lines);
        if (!formatted) {
            List<String> format = java("kafka.tools.StorageTool", "format", "-t", clusterId(), "-c", file.toString());
            if (launch(format, Map.of()).waitFor() != 0) {
                throw new IOException(Files.readString(folder().resolve("log")));
            }
            formatted = true;
        }
        serve(java("kafka.Kafka", file.toString()), Map.of());
        return this;
    }

    private static String clusterId() {
        UUID random = UUID.randomUUID();
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits());
        // A leading hyphen would be taken for an option.
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes.array())
                .replaceFirst("^-", "A");
    }

    private List<String> java(String... command) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        line.addAll(jvmOptions);
        line.addAll(List.of(command));
        return line;
    }

    /** What clients call it. */
    public String address() {
        return "127.0.0.1:" + port();
    }
}
