package io.nucleon.platforms;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests one after the other on several threads, half of them over connections that are kept for as long as the server lets them, half over
 * a new one each. A client here never tries again, so that each lost request is seen.
 */
final class Requests implements AutoCloseable {
    private static final int LIMIT_MILLIS = 20_000;

    /** Between two requests of a client: without it a few take a small machine for themselves, and a new version hardly starts. */
    private static final long THINKING_NANOS = 1_000_000;

    private final URI url;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile String last = "";
    private volatile boolean ended;

    private Requests(URI url) {
        this.url = url;
    }

    static Requests start(String url, int clients) {
        Requests requests = new Requests(URI.create(url));
        for (int i = 0; i < clients; i++) {
            boolean keeps = i % 2 == 0;
            requests.threads.add(
                    Thread.ofPlatform().daemon().name("client-" + i).start(() -> requests.run(keeps)));
        }
        return requests;
    }

    private void run(boolean keeps) {
        while (!ended) {
            try (Socket socket = connect(url)) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                boolean open = true;
                while (open && !ended) {
                    open = exchange(socket, in, keeps);
                    LockSupport.parkNanos(THINKING_NANOS);
                }
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }
    }

    /** Whether the connection may be used once more. */
    private boolean exchange(Socket socket, BufferedReader in, boolean keeps) throws IOException {
        send(socket, "/", keeps);
        Answer answer = Answer.read(in);
        if (answer.status != 200) {
            failures.add("status " + answer.status + ": " + answer.body);
        }
        last = answer.body;
        return keeps && !answer.closes;
    }

    /** Waits until a client has that answer. */
    void awaitAnswer(String body) {
        await("the answer " + body).atMost(PlatformContract.SOON).until(() -> last.equals(body));
    }

    /** Ends the clients; what went wrong with any of their requests. */
    List<String> end() {
        close();
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        ended = true;
        for (Thread thread : threads) {
            try {
                thread.join(LIMIT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The body of one answer. */
    static String get(String url) throws IOException {
        URI place = URI.create(url);
        try (Socket socket = connect(place)) {
            send(socket, place.getPath().isEmpty() ? "/" : place.getPath(), false);
            return Answer.read(new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)))
                    .body;
        }
    }

    private static Socket connect(URI url) throws IOException {
        Socket socket = new Socket(url.getHost(), url.getPort());
        socket.setSoTimeout(LIMIT_MILLIS);
        return socket;
    }

    private static void send(Socket socket, String path, boolean keeps) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + (keeps ? "" : "Connection: close\r\n") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private record Answer(int status, boolean closes, String body) {
        static Answer read(BufferedReader in) throws IOException {
            String status = in.readLine();
            if (status == null) {
                throw new IOException("the connection ended without an answer");
            }
            int length = 0;
            boolean closes = false;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                String header = line.toLowerCase(java.util.Locale.ROOT);
                length = header.startsWith("content-length:")
                        ? Integer.parseInt(header.substring(15).strip())
                        : length;
                closes |= header.equals("connection: close");
            }
            char[] body = new char[length];
            for (int at = 0; at < length; ) {
                int read = in.read(body, at, length - at);
                if (read < 0) {
                    throw new IOException("the answer is cut off");
                }
                at += read;
            }
            return new Answer(Integer.parseInt(status.substring(9, 12)), closes, new String(body));
        }
    }
}
