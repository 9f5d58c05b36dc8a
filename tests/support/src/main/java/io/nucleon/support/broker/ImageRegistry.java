package io.nucleon.support.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code docker-registry} on loopback, without TLS. */
public final class ImageRegistry extends BrokerProcess {
    /** The one who may log in to a registry that asks. */
    public static final String USER = "tester";

    public static final String PASSWORD = "hunter2hunter2";

    /** Of that password, by bcrypt. */
    private static final String HASH = "$2y$05$abcdefghijklmnopqrstuuHNzobToyoUx/XDeHA.0qHXOcixZPlSm";

    private final boolean asks;

    /** @param asks whether it wants a login */
    public ImageRegistry(boolean asks) throws IOException {
        super(Files.createTempDirectory("registry"));
        this.asks = asks;
    }

    /** Starts it; returns when it answers. */
    @Override
    public ImageRegistry start() throws IOException {
        Path users = Files.writeString(folder().resolve("users"), USER + ":" + HASH + "\n");
        Path config = Files.writeString(
                folder().resolve("config.yml"),
                "version: 0.1\nlog: {level: warn}\nstorage: {filesystem: {rootdirectory: '" + folder().resolve("data")
                        + "'}}\nhttp: {addr: '" + host() + "'}\n"
                        + (asks ? "auth: {htpasswd: {realm: tests, path: '" + users + "'}}\n" : ""));
        serve(List.of("docker-registry", "serve", config.toString()), Map.of());
        return this;
    }

    /** {@code 127.0.0.1:PORT}. */
    public String host() {
        return "127.0.0.1:" + port();
    }
}
