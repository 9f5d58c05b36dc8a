package io.nucleon.cli;

import io.nucleon.command.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Takes an answer: writes its body to standard output as it arrives, or keeps it. Confined to one thread and one call. */
final class AnswerPrinter implements AnswerSink {
    private final OutputStream out;
    private final boolean include;
    private final boolean live;
    private AnswerHead head;
    private byte last = '\n';

    private AnswerPrinter(OutputStream out, boolean include, boolean live) {
        this.out = out;
        this.include = include;
        this.live = live;
    }

    /** Writes the body exactly as it was sent, with status and headers before it if they are wanted. */
    static AnswerPrinter writing(Terminal terminal, boolean include) {
        return new AnswerPrinter(terminal.out(), include, true);
    }

    /** Keeps the body for {@link #bytes()}. */
    static AnswerPrinter collecting() {
        return new AnswerPrinter(new ByteArrayOutputStream(), false, false);
    }

    @Override
    public void head(AnswerHead answer) throws IOException {
        head = answer;
        if (include) {
            StringBuilder text =
                    new StringBuilder(answer.version() + " " + answer.status() + " " + answer.reason() + "\r\n");
            answer.headers()
                    .forEach(header -> text.append(header.name())
                            .append(": ")
                            .append(header.value())
                            .append("\r\n"));
            out.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void body(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
            out.write(bytes, offset, length);
            last = bytes[offset + length - 1];
            if (live) {
                // A streamed answer is seen as it comes.
                out.flush();
            }
        }
    }

    AnswerHead head() {
        return head;
    }

    /** Whether what was written ends with a line end, or nothing was. */
    boolean endsLine() {
        return last == '\n';
    }

    /** The body that was kept. */
    byte[] bytes() {
        return ((ByteArrayOutputStream) out).toByteArray();
    }
}
