package io.nucleon.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nucleon.host.HostUrls;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A function that answers any number of calls at once, and its host's pages, on one real server; known under its name. */
final class ServedFunction implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final RunStates.Registration registration;
    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private volatile int status = 200;
    private volatile String timing = "queue;dur=0.010, handler;dur=0.350, transport;dur=0.080";

    ServedFunction(String name, Path home) throws IOException {
        this(name, home, home, false);
    }

    /** @param source where its code is said to be */
    ServedFunction(String name, Path home, Path source) throws IOException {
        this(name, home, source, false);
    }

    /** @param deployed whether a platform runs it */
    ServedFunction(String name, Path home, boolean deployed) throws IOException {
        this(name, home, home, deployed);
    }

    private ServedFunction(String name, Path home, Path source, boolean deployed) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        HostUrls urls = new HostUrls(url().toString(), "", "");
        RunState state = RunState.ofThisProcess(name, url(), urls, RunStates.real(source));
        registration = new RunStates(UserFolders.of(Map.of("HOME", home.toString())))
                .publish(deployed ? state.asDeployed() : state);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What its host says at a path. */
    ServedFunction page(String path, String json) {
        pages.put(path, json);
        return this;
    }

    /** What the function answers with from now on. */
    ServedFunction answering(int code) {
        status = code;
        return this;
    }

    /** As a server that is none of ours. */
    ServedFunction withoutTiming() {
        timing = null;
        return this;
    }

    @Override
    public void close() {
        registration.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String page = pages.get(exchange.getRequestURI().getPath());
            if (page == null && timing != null) {
                exchange.getResponseHeaders().set("Server-Timing", timing);
            }
            byte[] body = (page == null ? "{}" : page).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page == null ? status : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
