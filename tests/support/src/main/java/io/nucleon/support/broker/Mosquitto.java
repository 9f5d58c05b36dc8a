package io.nucleon.support.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code mosquitto}, an MQTT broker that writes what it keeps to disk at each change, and tells in its log what it sends and hears. */
public final class Mosquitto extends BrokerProcess {

    private static final Pattern LINE = Pattern.compile(
            "\\d+: (Received|Sending) (PUBLISH|PUBACK) (?:from|to) (\\S+) \\((?:d\\d, q(\\d), r\\d, m(\\d+), '([^']*)'|(?:Mid: |m)(\\d+)).*");

    private final List<String> more;

    /** @param more lines of its configuration, behind those that open it to everybody on this machine */
    public Mosquitto(String... more) throws IOException {
        super(Files.createTempDirectory("mosquitto"));
        this.more = List.of(more);
    }

    /** Starts it; returns when it answers. */
    @Override
    public Mosquitto start() throws IOException {
        Path configuration = folder().resolve("mosquitto.conf");
        List<String> lines = new ArrayList<>(List.of(
                "user root",
                "listener " + port() + " 127.0.0.1",
                "persistence true",
                "persistence_location " + folder() + "/",
                "autosave_on_changes true",
                "autosave_interval 1",
                "max_queued_messages 0",
                "log_dest file " + log(),
                "log_type all"));
        lines.addAll(more.isEmpty() ? List.of("allow_anonymous true") : more);
        Files.write(configuration, lines);
        serve(List.of("mosquitto", "-c", configuration.toString()), Map.of());
        return this;
    }

    private Path log() {
        return folder().resolve("mosquitto.log");
    }

    public String url() {
        return "tcp://127.0.0.1:" + port();
    }

    /** How often it has sent a message of that topic to somebody. */
    public long sent(String topic) throws IOException {
        return read(topic).sent;
    }

    /** Messages of that topic that nobody has acked. */
    public long left(String topic) throws IOException {
        Traffic traffic = read(topic);
        return traffic.published - traffic.acked;
    }

    private Traffic read(String topic) throws IOException {
        Traffic traffic = new Traffic();
        for (String line : Files.readAllLines(log())) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                traffic.add(matcher, topic);
            }
        }
        return traffic;
    }

    /** What the log says of one topic. */
    private static final class Traffic {
        private long published;
        private long sent;
        private long acked;
        /** By client, the numbers of messages that it has not acked. */
        private final Map<String, Set<String>> open = new HashMap<>();

        void add(Matcher line, String topic) {
            boolean received = line.group(1).equals("Received");
            Set<String> numbers = open.computeIfAbsent(line.group(3), client -> new HashSet<>());
            if (line.group(2).equals("PUBACK")) {
                acked += received && numbers.remove(line.group(7)) ? 1 : 0;
            } else if (topic.equals(line.group(6))) {
                published += received ? 1 : 0;
                sent += received ? 0 : 1;
                if (!received && !line.group(4).equals("0")) {
                    numbers.add(line.group(5));
                }
            }
        }
    }
}
