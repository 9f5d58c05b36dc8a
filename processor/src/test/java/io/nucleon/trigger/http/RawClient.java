package io.nucleon.trigger.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client that sends exactly the bytes it is told to and reads answers strictly. */
final class RawClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    /** One answer; header names as received. */
    @SuppressWarnings("ArrayRecordComponent") // read once
    record Answer(int status, String statusLine, List<String> headerLines, byte[] body) {

        String header(String name) {
            List<String> all = headers(name);
            return all.isEmpty() ? null : all.getLast();
        }

        List<String> headers(String name) {
            List<String> found = new ArrayList<>();
            for (String line : headerLines) {
                int colon = line.indexOf(':');
                if (line.substring(0, colon).equalsIgnoreCase(name)) {
                    found.add(line.substring(colon + 1).trim());
                }
            }
            return found;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    RawClient(String address) throws IOException {
        URI uri = URI.create(address);
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    RawClient send(String latin) throws IOException {
        return send(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** A GET with nothing but a host. */
    RawClient get(String target) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: here\r\n\r\n");
    }

    RawClient post(String target, String body, String... headerLines) throws IOException {
        StringBuilder head = new StringBuilder("POST " + target + " HTTP/1.1\r\nHost: here\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n");
        for (String line : headerLines) {
            head.append(line).append("\r\n");
        }
        send(head.append("\r\n").toString());
        return send(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads one answer with its body. */
    Answer read() throws IOException {
        return read(false);
    }

    /** Reads one answer; {@code headOnly}: no body follows, whatever the head says. */
    Answer read(boolean headOnly) throws IOException {
        String statusLine = line();
        int status = Integer.parseInt(statusLine.split(" ")[1]);
        List<String> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.add(line);
        }
        Answer head = new Answer(status, statusLine, headers, new byte[0]);
        boolean bodiless = headOnly || status < 200 || status == 204 || status == 304;
        return bodiless ? head : new Answer(status, statusLine, headers, body(head));
    }

    private byte[] body(Answer head) throws IOException {
        if ("chunked".equals(head.header("Transfer-Encoding"))) {
            return chunks();
        }
        String length = head.header("Content-Length");
        if (length == null) {
            return in.readAllBytes();
        }
        byte[] body = in.readNBytes(Integer.parseInt(length));
        if (body.length < Integer.parseInt(length)) {
            throw new EOFException("the body ends early");
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            byte[] chunk = chunk();
            if (chunk.length == 0) {
                return body.toByteArray();
            }
            body.writeBytes(chunk);
        }
    }

    /** One chunk of a streamed body; empty for the last. */
    byte[] chunk() throws IOException {
        int length = Integer.parseInt(line().toLowerCase(Locale.ROOT), 16);
        byte[] chunk = in.readNBytes(length);
        if (chunk.length < length || !line().isEmpty()) {
            throw new EOFException("a chunk ends early");
        }
        return chunk;
    }

    /** Reads a head and leaves the body. */
    Answer readHead() throws IOException {
        return read(true);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the connection ended within a line: " + line);
            }
            if (c == '\n') {
                byte[] bytes = line.toByteArray();
                if (bytes.length == 0 || bytes[bytes.length - 1] != '\r') {
                    throw new IOException("a line ends without CR");
                }
                return new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
            }
            line.write(c);
        }
    }

    /** Whether the other side has closed; waits for it. */
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    /** Whatever comes until the other side closes. */
    byte[] drain() throws IOException {
        try {
            return in.readAllBytes();
        } catch (SocketException e) {
            return new byte[0];
        }
    }

    /** Closes at once: the peer sees a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
