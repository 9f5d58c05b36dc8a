package io.nucleon.runtime.process;

import io.nucleon.transport.Connection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Keeps what is written to it. Its memory is never clean, so a field that is not written shows. */
final class RecordingConnection implements Connection {

    private static final byte DIRT = (byte) 0xA5;

    private final ByteBuffer written = ByteBuffer.allocate(4 << 20).order(ByteOrder.LITTLE_ENDIAN);
    private final int maxFrame;
    private final int inlineLimit;
    private final long arenaOffset;
    private byte[] arena = {};
    private int end;

    /**
     * @param maxFrame binds chunks; a claim of an event's upper bound may be longer here
     * @param arenaOffset the one run there is; -1 for no arena
     */
    RecordingConnection(int maxFrame, int inlineLimit, long arenaOffset) {
        this.maxFrame = maxFrame;
        this.inlineLimit = inlineLimit;
        this.arenaOffset = arenaOffset;
        Arrays.fill(written.array(), DIRT);
    }

    byte[] written() {
        return Arrays.copyOf(written.array(), end);
    }

    byte[] arena() {
        return arena;
    }

    @Override
    public ByteBuffer claim(int maxLength) {
        return written.limit(end + maxLength).position(end);
    }

    @Override
    public long commit(int length) {
        Arrays.fill(written.array(), end + length, written.limit(), DIRT);
        end += length;
        return end;
    }

    @Override
    public long claimBody(int length) {
        return arenaOffset;
    }

    @Override
    public ByteBuffer body(long offset, int length) {
        arena = new byte[length];
        return ByteBuffer.wrap(arena);
    }

    @Override
    public int maxFrame() {
        return maxFrame;
    }

    @Override
    public int inlineLimit() {
        return inlineLimit;
    }

    @Override
    public String kind() {
        return "recording";
    }

    @Override
    public void abort() {
        throw new AssertionError("nothing to abort");
    }

    @Override
    public void releaseBody(long offset, int length) {
        throw new AssertionError("there is room for every frame");
    }

    @Override
    public long claimed() {
        return 0;
    }

    @Override
    public Revoked revoke() {
        return Revoked.NONE;
    }

    @Override
    public void pause(boolean paused) {}

    @Override
    public void drainRest() {}

    @Override
    public long staleFrames() {
        return 0;
    }

    @Override
    public void flush() {}

    @Override
    public int poll() {
        return 0;
    }

    @Override
    public boolean expectsWork() {
        return false;
    }

    @Override
    public boolean prepareToSleep() {
        return true;
    }

    @Override
    public void awake() {}

    @Override
    public void close() {}
}
