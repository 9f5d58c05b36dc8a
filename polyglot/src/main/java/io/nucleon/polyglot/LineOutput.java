package io.nucleon.polyglot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/** What a context prints, given on line by line. Safe for many threads. */
final class LineOutput extends OutputStream {

    /** As for the output of processes: a line without end is given on in pieces. */
    private static final int LONGEST_LINE = 64 * 1024;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Consumer<String> sink;

    LineOutput(Consumer<String> sink) {
        this.sink = sink;
    }

    @Override
    public synchronized void write(int value) {
        if (value == '\n') {
            end();
        } else {
            line.write(value);
            if (line.size() >= LONGEST_LINE) {
                end();
            }
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        for (int at = from; at < from + length; at++) {
            write(bytes[at]);
        }
    }

    private void end() {
        String text = line.toString(UTF_8);
        line.reset();
        sink.accept(text);
    }

    /** The last line, which has no end. */
    @Override
    public synchronized void close() {
        if (line.size() > 0) {
            end();
        }
    }
}
