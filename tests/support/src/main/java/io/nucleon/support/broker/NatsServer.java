package io.nucleon.support.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code nats-server} with JetStream. */
public final class NatsServer extends BrokerProcess {

    private final List<String> options;

    /** @param options of the server, such as those for users */
    public NatsServer(String... options) throws IOException {
        super(Files.createTempDirectory("nats"));
        this.options = List.of(options);
    }

    /** Starts it; returns when it answers. */
    @Override
    public NatsServer start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "nats-server",
                "-js",
                "-sd",
                folder().resolve("data").toString(),
                "-a",
                "127.0.0.1",
                "-p",
                "" + port()));
        command.addAll(options);
        serve(command, Map.of());
        return this;
    }

    public String url() {
        return "nats://127.0.0.1:" + port();
    }
}
