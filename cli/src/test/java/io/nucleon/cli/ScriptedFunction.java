package io.nucleon.cli;

import io.nucleon.host.HostUrls;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A function on a real socket that is known to run, and answers with given bytes whatever it is asked. */
final class ScriptedFunction implements AutoCloseable {
    private final ServerSocket server;
    private final RunStates.Registration registration;
    private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final Path source;
    private volatile IOException lastProblem;
    private final AtomicInteger connections = new AtomicInteger();

    /** Known under that name to commands whose home is the folder. */
    ScriptedFunction(String name, Path home, Path source) throws IOException {
        this.source = source;
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        registration = new RunStates(UserFolders.of(Map.of("HOME", home.toString())))
                .publish(RunState.ofThisProcess(name, url(), HostUrls.NONE, RunStates.real(source)));
        Thread.ofPlatform().daemon().name("scripted-function").start(this::serve);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    Path source() {
        return source;
    }

    /** The next answer, each line end as HTTP wants it; a connection is closed when no answer is left. */
    ScriptedFunction answers(String... texts) {
        for (String text : texts) {
            answers.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    /** The next request, head and body. */
    String request() throws InterruptedException {
        return requests.poll(10, TimeUnit.SECONDS);
    }

    int connections() {
        return connections.get();
    }

    /** Why the last conversation broke off: mostly because the client had gone. */
    IOException lastProblem() {
        return lastProblem;
    }

    /** Stays known, but takes no connection any more. */
    void stopListening() throws IOException {
        server.close();
    }

    @Override
    public void close() throws IOException {
        registration.close();
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                connections.incrementAndGet();
                converse(socket);
            } catch (IOException e) {
                lastProblem = e;
            }
        }
    }

    private void converse(Socket socket) throws IOException {
        for (String request = read(socket.getInputStream());
                !request.isEmpty();
                request = read(socket.getInputStream())) {
            requests.add(request);
            byte[] answer = answers.poll();
            if (answer == null) {
                return;
            }
            socket.getOutputStream().write(answer);
            if (answers.isEmpty()) {
                // What has no length ends with the connection.
                socket.shutdownOutput();
            }
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            bytes.write(next);
        }
        String head = bytes.toString(StandardCharsets.ISO_8859_1);
        List<String> length = head.lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .map(line -> line.substring("Content-Length: ".length()))
                .toList();
        byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length.getFirst()));
        return head + new String(body, StandardCharsets.UTF_8);
    }
}
