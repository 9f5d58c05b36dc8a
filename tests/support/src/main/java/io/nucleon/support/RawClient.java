package io.nucleon.support;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One connection to a server: sends exactly the bytes it is told to and reads answers of HTTP/1.1 strictly. Every read has a limit.
 * Confined to one thread.
 */
public final class RawClient implements AutoCloseable {

    private static final int CONNECT_MILLIS = 5_000;
    /** Longer than any limit of the product that a test waits for, shorter than a test's own limit. */
    private static final int READ_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    /** Connects to an address as the ready line names it. */
    public RawClient(URI address) throws IOException {
        try {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends bytes as they are. */
    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends a text, one byte a character. */
    public RawClient send(String latin) throws IOException {
        return send(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Says that nothing more will be sent. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes so that the peer sees a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /**
     * Reads an answer with its body.
     *
     * @param headOnly no body follows, whatever the head says: the request was a HEAD
     */
    public RawAnswer read(boolean headOnly) throws IOException {
        RawAnswer head = readHead();
        int status = head.status();
        boolean bodiless = headOnly || status < 200 || status == 204 || status == 304;
        return bodiless ? head : new RawAnswer(status, head.statusLine(), head.headerLines(), body(head));
    }

    /** Reads an answer whose streamed body must be broken off; what came of it. */
    public RawAnswer readCut() throws IOException {
        RawAnswer head = readHead();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            for (byte[] chunk = readChunk(); chunk.length > 0; chunk = readChunk()) {
                body.writeBytes(chunk);
            }
        } catch (EOFException | SocketException e) {
            return new RawAnswer(head.status(), head.statusLine(), head.headerLines(), body.toByteArray());
        }
        throw new IOException("the body was not broken off: " + body.toString(StandardCharsets.UTF_8));
    }

    /** Reads a head and leaves the body. */
    public RawAnswer readHead() throws IOException {
        String statusLine = line();
        String[] words = statusLine.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.")) {
            throw new IOException("no status line: " + statusLine);
        }
        List<String> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.indexOf(':') <= 0) {
                throw new IOException("no header: " + line);
            }
            headers.add(line);
        }
        return new RawAnswer(Integer.parseInt(words[1]), statusLine, headers, new byte[0]);
    }

    private byte[] body(RawAnswer head) throws IOException {
        if ("chunked".equalsIgnoreCase(head.header("Transfer-Encoding"))) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (byte[] chunk = readChunk(); chunk.length > 0; chunk = readChunk()) {
                body.writeBytes(chunk);
            }
            return body.toByteArray();
        }
        String length = head.header("Content-Length");
        return length == null ? in.readAllBytes() : exactly(Integer.parseInt(length));
    }

    /** Reads one chunk of a streamed body; empty is the last. */
    public byte[] readChunk() throws IOException {
        byte[] chunk = exactly(Integer.parseInt(line().toLowerCase(Locale.ROOT), 16));
        if (!line().isEmpty()) {
            throw new IOException("a chunk is longer than it says");
        }
        return chunk;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the body ends after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException(
                        "the connection ended within a line: '" + line.toString(StandardCharsets.UTF_8) + "'");
            }
            line.write(c);
        }
        byte[] bytes = line.toByteArray();
        if (bytes.length == 0 || bytes[bytes.length - 1] != '\r') {
            throw new IOException("a line ends without CR");
        }
        return new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
    }

    /** Whether the other side closes the connection and sends nothing more; waits for the one or the other. */
    public boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
