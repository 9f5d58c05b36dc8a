package io.nucleon.runtime.shell;

import io.nucleon.invoke.Event;
import java.nio.ByteBuffer;

/** Each event is a line, its body; each answer is a line. For filters such as {@code sed -u}, {@code awk} and {@code jq}. */
final class LineFrames implements Frames {

    private static final int OK = 200;
    private static final byte[] NOTHING = {};
    private static final byte[] LINE_END = {'\n'};
    /** Until where a line without an end was searched, from its start. */
    private int searched;

    @Override
    public Refusal refusal(Event event) {
        int length = bodyLength(event);
        ByteBuffer body = event.body();
        for (int i = 0; i < length; i++) {
            if (body.get(body.position() + i) == '\n') {
                return new Refusal(
                        "its body has more than one line, and the handler gets an event a line",
                        "set runtimeAttributes.framing: length, or send one line");
            }
        }
        return null;
    }

    @Override
    public byte[] before(Event event) {
        return NOTHING;
    }

    /** Without the end of its line, if it has one. */
    @Override
    public int bodyLength(Event event) {
        int length = event.bodyLength();
        if (length == 0) {
            return 0;
        }
        ByteBuffer body = event.body();
        return body.get(body.position() + length - 1) == '\n' ? length - 1 : length;
    }

    @Override
    public byte[] behind() {
        return LINE_END;
    }

    @Override
    public Found find(byte[] bytes, int from, int to) {
        for (int i = from + searched; i < to; i++) {
            if (bytes[i] == '\n') {
                searched = 0;
                return new Found(from, i - from, i + 1, OK, "");
            }
        }
        searched = to - from;
        return null;
    }
}
