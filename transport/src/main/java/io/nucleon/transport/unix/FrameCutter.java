package io.nucleon.transport.unix;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.FrameView;
import java.nio.ByteOrder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into frames. Keeps what is not whole yet. Confined to one thread; {@link #close()} releases what it keeps.
 */
final class FrameCutter implements AutoCloseable {

    private final ByteBufAllocator allocator;
    private final int maxFrame;
    private final FrameView frame = new FrameView();
    private ByteBuf kept;
    private String violation;

    FrameCutter(ByteBufAllocator allocator, int maxFrame) {
        this.allocator = allocator;
        this.maxFrame = maxFrame;
    }

    /** What the peer did wrong; null if nothing. Nothing is cut after it. */
    String violation() {
        return violation;
    }

    /**
     * Takes over bytes and hands out each whole frame, until {@code stop} says so.
     *
     * @param bytes released here
     */
    void feed(ByteBuf bytes, Consumer<FrameView> frames, BooleanSupplier stop) {
        boolean growing = kept != null;
        ByteBuf all = growing ? join(bytes) : bytes;
        kept = null;
        try {
            cut(all, frames, stop);
            if (all.isReadable() && violation == null) {
                // a large frame that grows in a buffer of ours is not copied again at each read
                kept = growing && all.readerIndex() == 0 ? all.retain() : keep(all);
            }
        } finally {
            all.release();
        }
    }

    /** Hands out what was kept back by {@code stop}. */
    void continueCutting(Consumer<FrameView> frames, BooleanSupplier stop) {
        if (kept != null) {
            ByteBuf rest = kept;
            kept = null;
            feed(rest, frames, stop);
        }
    }

    private void cut(ByteBuf all, Consumer<FrameView> frames, BooleanSupplier stop) {
        frame.over(all.nioBuffer(0, all.writerIndex()).order(ByteOrder.LITTLE_ENDIAN));
        while (violation == null && all.readableBytes() >= FrameLayout.HEADER && !stop.getAsBoolean()) {
            int length = all.getIntLE(all.readerIndex() + FrameLayout.LENGTH);
            if (length < FrameLayout.HEADER || length > maxFrame) {
                violation = "length " + Integer.toUnsignedString(length) + " where " + maxFrame + " are allowed";
                return;
            }
            if (length > all.readableBytes()) {
                return;
            }
            violation = frame.read(all.readerIndex(), length, 0, 0);
            if (violation == null && frame.type() == FrameLayout.PAD) {
                violation = "padding on a socket";
            }
            if (violation != null) {
                return;
            }
            frames.accept(frame);
            all.skipBytes(length);
        }
    }

    private ByteBuf join(ByteBuf bytes) {
        try {
            return kept.writeBytes(bytes);
        } finally {
            bytes.release();
        }
    }

    /** Copies the rest into a buffer that has room for the whole frame, so that joining does not grow it step by step. */
    private ByteBuf keep(ByteBuf all) {
        int length = all.readableBytes() >= FrameLayout.HEADER
                ? Math.max(all.readableBytes(), all.getIntLE(all.readerIndex() + FrameLayout.LENGTH))
                : FrameLayout.HEADER;
        return allocator.directBuffer(Math.min(length, maxFrame)).writeBytes(all);
    }

    @Override
    public void close() {
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }
}
