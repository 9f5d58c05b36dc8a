package io.nucleon.support.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code rabbitmq-server}, with a node, a port mapper and a folder of its own. Debian's runs as user rabbitmq, so the folder is that user's
 * and outside of anybody's home.
 */
public final class RabbitServer extends BrokerProcess {

    private final String node;
    private final int distribution = freePort();
    private final int mapper = freePort();

    public RabbitServer() throws IOException, InterruptedException {
        super(Files.createTempDirectory(Path.of("/var/tmp"), "rabbitmq"));
        node = "test" + port() + "@localhost";
        Files.createDirectories(folder().resolve("db"));
        Files.createDirectories(folder().resolve("logs"));
        Files.writeString(
                folder().resolve("rabbitmq.conf"),
                "listeners.tcp.1 = 127.0.0.1:" + port() + "\nloopback_users = none\nlog.file.level = warning\n");
        Files.writeString(folder().resolve("enabled_plugins"), "[].");
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
        launch(List.of("chown", "-R", "rabbitmq", folder().toString()), Map.of())
                .waitFor();
    }

    private Map<String, String> environment() {
        return Map.of(
                "RABBITMQ_NODENAME",
                node,
                "RABBITMQ_CONFIG_FILE",
                folder().resolve("rabbitmq.conf").toString(),
                "RABBITMQ_MNESIA_BASE",
                folder().resolve("db").toString(),
                "RABBITMQ_LOG_BASE",
                folder().resolve("logs").toString(),
                "RABBITMQ_ENABLED_PLUGINS_FILE",
                folder().resolve("enabled_plugins").toString(),
                "RABBITMQ_DIST_PORT",
                "" + distribution,
                "ERL_EPMD_ADDRESS",
                "127.0.0.1",
                "ERL_EPMD_PORT",
                "" + mapper);
    }

    /** Starts it; returns when it answers. */
    @Override
    public RabbitServer start() throws IOException {
        serve(List.of("rabbitmq-server"), environment());
        return this;
    }

    /** Messages of each queue, those that consumers have in hand included. */
    public Map<String, Long> queues() throws IOException, InterruptedException {
        Map<String, Long> queues = new HashMap<>();
        for (String line : tool("--no-table-headers", "list_queues", "name", "messages")) {
            String[] words = line.split("\\s+");
            queues.put(words[0], Long.valueOf(words[1]));
        }
        return queues;
    }

    /** The server writes what is declared to the disk some seconds later, whatever it confirms: a kill before that loses the queue. */
    public void keepDeclared() throws IOException, InterruptedException {
        tool("eval", "mnesia:sync_log().");
    }

    private List<String> tool(String... words) throws IOException, InterruptedException {
        Path printed = folder().resolve("printed");
        List<String> command = new ArrayList<>(List.of("rabbitmqctl", "-n", node, "-q"));
        command.addAll(List.of(words));
        ProcessBuilder tool =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        tool.environment().putAll(environment());
        int exit = tool.start().waitFor();
        List<String> lines = Files.readAllLines(printed);
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + lines);
        }
        return lines;
    }

    public String url() {
        return "amqp://127.0.0.1:" + port();
    }

    @Override
    public void close() throws IOException {
        kill();
        try {
            launch(List.of("epmd", "-port", "" + mapper, "-kill"), environment())
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        super.close();
    }
}
