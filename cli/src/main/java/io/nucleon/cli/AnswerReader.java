package io.nucleon.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the answers of one connection. Everything that comes is checked; sizes of heads are bounded. Confined to one thread. */
final class AnswerReader {
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Status line, headers, chunk heads and trailers of one answer: four times what our own trigger sends at most. */
    private static final int MOST_HEAD_BYTES = 1024 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final Clock clock;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private int headBytes;
    private Instant deadline = Instant.MAX;

    AnswerReader(Socket socket, Clock clock) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.clock = clock;
    }

    /** Reads one answer. Returns whether the connection can be used again. */
    boolean read(Instant until, boolean isHead, AnswerSink sink) throws IOException {
        deadline = until;
        headBytes = 0;
        AnswerHead head = head();
        while (head.status() < 200) {
            head = head();
        }
        sink.head(head);
        boolean complete = body(head, isHead, sink);
        return complete && head.keepsConnection();
    }

    /** For a socket's own limit, which takes 0 for none. */
    static int millisUntil(Instant deadline, Clock clock) throws SocketTimeoutException {
        long millis = Duration.between(clock.instant(), deadline).toMillis();
        if (millis <= 0) {
            throw new SocketTimeoutException("time is over");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private AnswerHead head() throws IOException {
        String line = line();
        int status = status(line);
        String version = line.substring(0, 8);
        List<Header> headers = new ArrayList<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            check(colon > 0, "a header without a name");
            headers.add(new Header(
                    header.substring(0, colon), header.substring(colon + 1).strip()));
        }
        return new AnswerHead(version, status, line.length() > 13 ? line.substring(13) : "", headers);
    }

    private static int status(String line) throws ProtocolException {
        boolean http = line.length() >= 12 && (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 "));
        check(http && line.substring(9, 12).chars().allMatch(c -> c >= '0' && c <= '9'), "no HTTP came back");
        int status = Integer.parseInt(line.substring(9, 12));
        check(status >= 100 && (line.length() == 12 || line.charAt(12) == ' '), "no HTTP status came back");
        return status;
    }

    /** Returns whether the body's end was told, so that another answer can follow. */
    private boolean body(AnswerHead head, boolean isHead, AnswerSink sink) throws IOException {
        if (isHead || head.status() == 204 || head.status() == 304) {
            return true;
        }
        String encoding = Header.first(head.headers(), "Transfer-Encoding").orElse("");
        if (!encoding.isEmpty()) {
            check(encoding.equalsIgnoreCase("chunked"), "the body is coded as '" + encoding + "'");
            chunks(sink);
            return true;
        }
        String length = Header.first(head.headers(), "Content-Length").orElse("");
        if (!length.isEmpty()) {
            check(
                    length.length() <= 18 && length.chars().allMatch(c -> c >= '0' && c <= '9'),
                    "the body's length is no number");
            exactly(Long.parseLong(length), sink);
            return true;
        }
        while (fill()) {
            sink.body(buffer, position, limit - position);
            position = limit;
        }
        return false;
    }

    private void chunks(AnswerSink sink) throws IOException {
        while (true) {
            String size = line().replaceFirst("[;\\s].*", "");
            check(
                    !size.isEmpty() && size.length() <= 15 && size.chars().allMatch(c -> Character.digit(c, 16) >= 0),
                    "a chunk without a size");
            long length = Long.parseLong(size, 16);
            if (length == 0) {
                break;
            }
            exactly(length, sink);
            check(line().isEmpty(), "a chunk that is longer than it says");
            // Only heads count, and those of a long stream are many.
            headBytes = 0;
        }
        String trailer;
        do {
            // Nobody asked for them.
            trailer = line();
        } while (!trailer.isEmpty());
    }

    private void exactly(long length, AnswerSink sink) throws IOException {
        long left = length;
        while (left > 0) {
            if (!fill()) {
                throw new EOFException("the connection ended after " + (length - left) + " of " + length + " bytes");
            }
            int piece = (int) Math.min(left, limit - position);
            sink.body(buffer, position, piece);
            position += piece;
            left -= piece;
        }
    }

    /** A line of a head, without its end. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (!fill()) {
                throw new EOFException(
                        headBytes == 0
                                ? "the connection ended without an answer"
                                : "the connection ended in the middle of the answer");
            }
            int start = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            headBytes += position - start + 1;
            check(headBytes <= MOST_HEAD_BYTES, "the headers are longer than " + MOST_HEAD_BYTES + " bytes");
            line.append(new String(buffer, start, position - start, StandardCharsets.ISO_8859_1));
            if (position < limit) {
                position++;
                int end = line.length();
                return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
            }
        }
    }

    /** Sees to it that there are bytes to read; false at the end. */
    private boolean fill() throws IOException {
        if (position < limit) {
            return true;
        }
        socket.setSoTimeout(millisUntil(deadline, clock));
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    private static void check(boolean holds, String otherwise) throws ProtocolException {
        if (!holds) {
            throw new ProtocolException(otherwise);
        }
    }
}
