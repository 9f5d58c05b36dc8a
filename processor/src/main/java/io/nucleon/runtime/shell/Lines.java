package io.nucleon.runtime.shell;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Cuts what is written to standard error into lines, hands them on and keeps the last ones. Confined to the loop. */
final class Lines {

    private static final int KEPT_LINES = 20;
    /** A line without an end is handed on in pieces of this size, so that a wild function can't fill our memory. */
    private static final int MAX_LINE_BYTES = 16 * 1024;

    private final Consumer<String> line;
    private final Bytes rest = new Bytes();
    private final Deque<String> last = new ArrayDeque<>();

    Lines(Consumer<String> line) {
        this.line = line;
    }

    void add(ByteBuffer part) {
        while (part.hasRemaining()) {
            int end = part.position();
            int most = Math.min(part.limit(), end + MAX_LINE_BYTES - rest.size());
            while (end < most && part.get(end) != '\n') {
                end++;
            }
            boolean isEnd = end < part.limit() && part.get(end) == '\n';
            rest.add(part.duplicate().limit(end));
            part.position(isEnd ? end + 1 : end);
            if (isEnd || rest.size() >= MAX_LINE_BYTES) {
                flush();
            }
        }
    }

    /** Nothing follows: what has no end is a line too. */
    void end() {
        if (rest.size() > 0) {
            flush();
        }
    }

    private void flush() {
        String text = rest.tail(MAX_LINE_BYTES);
        rest.clear();
        if (last.size() == KEPT_LINES) {
            last.removeFirst();
        }
        last.addLast(text);
        line.accept(text);
    }

    /** The newest, oldest first. */
    List<String> newest() {
        return List.copyOf(last);
    }
}
