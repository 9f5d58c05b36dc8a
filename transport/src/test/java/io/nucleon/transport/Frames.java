package io.nucleon.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes frames as a peer would. */
public final class Frames {

    private Frames() {}

    /** A frame of that type, correlation and inline body, with no other section. */
    public static byte[] of(int type, int epoch, long correlation, byte[] body) {
        ByteBuffer frame = ByteBuffer.allocate(FrameLayout.HEADER + body.length).order(ByteOrder.LITTLE_ENDIAN);
        put(frame, type, epoch, correlation, body);
        return frame.array();
    }

    /** Writes the same at a buffer's position; returns its length. */
    public static int put(ByteBuffer frame, int type, int epoch, long correlation, byte[] body) {
        int start = frame.position();
        for (int i = 0; i < FrameLayout.HEADER; i++) {
            frame.put(start + i, (byte) 0);
        }
        frame.putInt(start + FrameLayout.LENGTH, FrameLayout.HEADER + body.length);
        frame.put(start + FrameLayout.TYPE, (byte) type);
        frame.putLong(start + FrameLayout.CORRELATION, correlation);
        frame.putInt(start + FrameLayout.EPOCH, epoch);
        frame.putInt(start + FrameLayout.BODY_LENGTH, body.length);
        frame.position(start + FrameLayout.HEADER);
        frame.put(body);
        return FrameLayout.HEADER + body.length;
    }
}
