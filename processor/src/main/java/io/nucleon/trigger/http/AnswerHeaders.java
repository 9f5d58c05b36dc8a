package io.nucleon.trigger.http;

import io.netty.util.AsciiString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The headers that a function set, written into a {@link ResponseHead}, and what among them is meant for us. One belongs to each writer;
 * confined to whoever holds that.
 *
 * <p>The block comes from a worker and is believed in nothing: a name that is no token is dropped, control characters in values become
 * blanks, and what would change how the answer is framed ({@code Content-Length}, {@code Transfer-Encoding}, {@code Connection}, …) is
 * never passed on, so that a handler that echoes the request's headers can't break the connection.
 */
@SuppressWarnings("ReferenceEquality") // shared names are told apart by reference, see HeaderNames
final class AnswerHeaders {

    private byte[] block = new byte[1024];
    private boolean server;
    private boolean type;
    private boolean close;
    private String filePath;
    private boolean fileDelete;
    private int dropped;

    /** Writes those of {@code pairs} that the client gets. {@code typeIsSet}: a Content-Type among them is overridden. */
    void write(ByteBuffer pairs, boolean typeIsSet, ResponseHead head) {
        server = false;
        type = false;
        close = false;
        filePath = null;
        fileDelete = false;
        dropped = 0;
        int length = pairs.remaining();
        if (length > 0) {
            load(pairs, length);
            writeLoaded(length, typeIsSet, head);
        }
    }

    private void load(ByteBuffer pairs, int length) {
        if (length > ResponseHead.MAX_BYTES) {
            throw ResponseHead.tooLarge();
        }
        if (block.length < length) {
            block = new byte[length];
        }
        pairs.get(block, 0, length);
    }

    private void writeLoaded(int length, boolean typeIsSet, ResponseHead head) {
        int at = 0;
        while (at < length) {
            int nameEnd = end(at, length);
            int valueStart = nameEnd + 1;
            if (valueStart > length) {
                dropped++;
                return;
            }
            int valueEnd = end(valueStart, length);
            writePair(at, nameEnd, valueStart, valueEnd, typeIsSet, head);
            at = valueEnd + 1;
        }
    }

    private int end(int from, int length) {
        int at = from;
        while (at < length && block[at] != 0) {
            at++;
        }
        return at;
    }

    private void writePair(int start, int nameEnd, int valueStart, int valueEnd, boolean typeIsSet, ResponseHead head) {
        AsciiString name;
        try {
            name = HeaderNames.canonical(block, start, nameEnd - start);
        } catch (IllegalArgumentException e) {
            dropped++;
            return;
        }
        if (isForClient(name, valueStart, valueEnd, typeIsSet)) {
            head.header(name, block, valueStart, valueEnd - valueStart);
        }
    }

    private boolean isForClient(AsciiString name, int valueStart, int valueEnd, boolean typeIsSet) {
        if (name == HeaderNames.CONTENT_TYPE) {
            type = true;
            return !typeIsSet;
        }
        if (name == HeaderNames.SERVER) {
            server = true;
            return true;
        }
        if (name == HeaderNames.CONNECTION) {
            close |= text(valueStart, valueEnd).equalsIgnoreCase("close");
            return false;
        }
        if (name == HeaderNames.FILE_STREAM_PATH) {
            filePath = text(valueStart, valueEnd);
            return false;
        }
        if (name == HeaderNames.FILE_STREAM_DELETE) {
            fileDelete = true;
            return false;
        }
        return !isOurs(name);
    }

    /** Framing and what the server says itself; a function that hands another one's answer on brings these along. */
    private static boolean isOurs(AsciiString name) {
        return name == HeaderNames.CONTENT_LENGTH
                || name == HeaderNames.TRANSFER_ENCODING
                || name == HeaderNames.DATE
                || name == HeaderNames.KEEP_ALIVE
                || name == HeaderNames.PROXY_CONNECTION
                || name == HeaderNames.TRAILER
                || name == HeaderNames.UPGRADE
                || name == HeaderNames.TE
                || name == HeaderNames.EVENT
                || name == HeaderNames.WORKER
                || name == HeaderNames.ERROR;
    }

    private String text(int start, int end) {
        return new String(block, start, end - start, StandardCharsets.UTF_8);
    }

    /** Whether the function names the server itself. */
    boolean hasServer() {
        return server;
    }

    boolean hasContentType() {
        return type;
    }

    /** Whether the function wants the connection closed. */
    boolean wantsClose() {
        return close;
    }

    /** The file to send as body, null for none. */
    String filePath() {
        return filePath;
    }

    boolean deletesFile() {
        return fileDelete;
    }

    /** How many were left out because their names can't be sent. */
    int dropped() {
        return dropped;
    }
}
