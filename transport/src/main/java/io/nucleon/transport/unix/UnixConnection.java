package io.nucleon.transport.unix;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.transport.Connection;
import io.nucleon.transport.FrameHandler;
import io.nucleon.transport.FrameView;
import io.nucleon.transport.StatusPage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A connection whose frames travel on the socket. Confined to its channel's loop; frames come as the channel reads them, and what was
 * committed goes out with one write a pass.
 */
public final class UnixConnection extends ChannelInboundHandlerAdapter implements Connection {

    /** A body of this size and its header still make one frame; larger ones go in chunks. Twice the socket's send buffer of 1 MiB. */
    private static final int MAX_FRAME = 2 << 20;

    private static final int INLINE_LIMIT = 1 << 20;
    /** First size of the buffer of a pass; 32 small events fit. */
    private static final int BATCH_BYTES = 16 * 1024;

    private final Channel channel;
    private final StatusPage page;
    private final boolean revokes;
    private final FrameHandler handler;
    private final int epoch;
    private final FrameCutter cutter;
    private ByteBuf batch;
    private int claimed;
    private long position;
    private long staleFrames;
    private boolean paused;
    private boolean broken;
    private boolean closed;

    /**
     * A connection on an open channel; the caller adds it to the channel's pipeline.
     *
     * @param revokes whether the worker looks for what was taken back before it begins an event
     */
    public UnixConnection(Channel channel, int epoch, StatusPage page, boolean revokes, FrameHandler handler) {
        this.channel = channel;
        this.epoch = epoch;
        this.page = page;
        this.revokes = revokes;
        this.handler = handler;
        this.cutter = new FrameCutter(channel.alloc(), MAX_FRAME);
    }

    @Override
    public String kind() {
        return "unix";
    }

    @Override
    public ByteBuffer claim(int maxLength) {
        if (!channel.isWritable()) {
            return null;
        }
        if (batch == null) {
            batch = channel.alloc().directBuffer(Math.max(BATCH_BYTES, maxLength));
        }
        batch.ensureWritable(maxLength);
        claimed = maxLength;
        int start = batch.writerIndex();
        return batch.internalNioBuffer(start, maxLength).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public long commit(int length) {
        if (length > claimed) {
            throw new IllegalStateException("frame of " + length + " bytes in a claim of " + claimed);
        }
        batch.writerIndex(batch.writerIndex() + length);
        claimed = 0;
        position += length;
        return position;
    }

    @Override
    public void abort() {
        claimed = 0;
    }

    @Override
    public void flush() {
        if (batch != null && !closed) {
            ByteBuf full = batch;
            batch = null;
            channel.writeAndFlush(full, channel.voidPromise());
        }
    }

    @Override
    public int maxFrame() {
        return MAX_FRAME;
    }

    @Override
    public int inlineLimit() {
        return INLINE_LIMIT;
    }

    @Override
    public long claimBody(int length) {
        return -1;
    }

    @Override
    public ByteBuffer body(long arenaOffset, int length) {
        throw new IllegalStateException("a socket has no arena");
    }

    @Override
    public void releaseBody(long arenaOffset, int length) {
        throw new IllegalStateException("a socket has no arena");
    }

    @Override
    public long claimed() {
        return Math.min(page.claimed(), position);
    }

    @Override
    public Revoked revoke() {
        return revokes ? page.revoke(position) : Revoked.NONE;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (closed || broken) {
            bytes.release();
            return;
        }
        cutter.feed(bytes, this::accept, this::isHeldBack);
        checkViolation();
    }

    private boolean isHeldBack() {
        return paused || closed;
    }

    private void accept(FrameView frame) {
        if (frame.epoch() != epoch) {
            staleFrames++;
            return;
        }
        handler.onFrame(frame);
    }

    private void checkViolation() {
        if (cutter.violation() != null && !broken) {
            broken = true;
            handler.onViolation(
                    ErrorMessage.of(
                            ErrorCode.PROTOCOL_VIOLATION,
                            "reading a frame from the worker's socket failed",
                            cutter.violation(),
                            "the worker is replaced; a function that writes to file descriptors it did not open can cause this"));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!closed) {
            handler.onClosed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // a socket error is the end of the worker: channelInactive follows
    }

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
        return batch == null;
    }

    @Override
    public void awake() {
        // epoll wakes the loop: there is no flag to take back
    }

    @Override
    public void pause(boolean pause) {
        paused = pause;
        channel.config().setAutoRead(!pause);
        if (!pause) {
            cutter.continueCutting(this::accept, this::isHeldBack);
            checkViolation();
        }
    }

    @Override
    public void drainRest() {
        pause(false); // the socket was read to its end before it said that it is closed
    }

    @Override
    public long staleFrames() {
        return staleFrames;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            cutter.close();
            if (batch != null) {
                batch.release();
                batch = null;
            }
            channel.close();
        }
    }
}
