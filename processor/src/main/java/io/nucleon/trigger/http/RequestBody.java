package io.nucleon.trigger.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * The body of one request as it was received: slices of the network's buffers, retained until {@link #release()}. Filled on the request's
 * loop; afterwards read by one thread at a time.
 *
 * <p>A body of one part (nearly all) is never copied. Small parts behind the first are gathered in a buffer of our own: a slice costs more
 * than a hundred bytes and holds its whole network buffer, so a peer that sends one byte a chunk would otherwise cost us a hundred times
 * what it sends.
 *
 * <p>After the release the body reads as zeros: a runtime that is late (its event was cancelled) never sees another request's bytes.
 */
final class RequestBody {

    /** Below this a part is copied; a retained slice pins at most a network buffer of 64 KiB for this many bytes. */
    private static final int GATHER_BELOW = 4096;

    private static final int GATHER_CAPACITY = 16 * 1024;

    private static final ByteBuf[] NONE = {};

    private static final AtomicIntegerFieldUpdater<RequestBody> HOLDERS =
            AtomicIntegerFieldUpdater.newUpdater(RequestBody.class, "holders");

    private ByteBuf first = Unpooled.EMPTY_BUFFER;
    private ByteBuf[] more = NONE;
    private int parts;
    private ByteBuf gathering;
    private int length;
    private volatile boolean released;
    /**
     * Who may read the parts: the loop, and each thread that copies now. Counted here and not by the parts, whose own counts can't be
     * asked any more once they are given back: a pooled buffer counts for its next owner then.
     */
    private volatile int holders = 1;

    int length() {
        return length;
    }

    /** Takes the part over. */
    void add(ByteBuf part, ByteBufAllocator allocator) {
        int bytes = part.readableBytes();
        if (bytes == 0) {
            part.release();
            return;
        }
        length += bytes;
        if (length == bytes) {
            first = part;
        } else if (bytes < GATHER_BELOW) {
            gather(part, allocator);
        } else {
            gathering = null;
            append(part);
        }
    }

    private void gather(ByteBuf part, ByteBufAllocator allocator) {
        if (gathering == null) {
            gathering = allocator.directBuffer(GATHER_CAPACITY);
            append(gathering);
        }
        gathering.writeBytes(part);
        part.release();
        if (gathering.readableBytes() >= GATHER_CAPACITY) {
            gathering = null;
        }
    }

    private void append(ByteBuf part) {
        if (parts == more.length) {
            more = Arrays.copyOf(more, Math.max(4, 2 * parts));
        }
        more[parts++] = part;
    }

    /** Appends {@code count} bytes from {@code from} on. Only on the loop that releases. */
    void put(ByteBuffer target, int from, int count) {
        if (released) {
            target.put(new byte[count]);
            return;
        }
        int left = putPart(first, target, from, count);
        int skipped = first.readableBytes();
        for (int i = 0; left > 0 && i < parts; i++) {
            int start = Math.max(0, from - skipped);
            if (start < more[i].readableBytes()) {
                left = putPart(more[i], target, start, left);
            }
            skipped += more[i].readableBytes();
        }
    }

    /** Same on another thread: holds the parts meanwhile, since the loop may release them at any moment. */
    void putElsewhere(ByteBuffer target, int from, int count) {
        if (!hold()) {
            target.put(new byte[count]);
            return;
        }
        try {
            put(target, from, count);
        } finally {
            drop();
        }
    }

    private static int putPart(ByteBuf part, ByteBuffer target, int from, int count) {
        int available = part.readableBytes() - from;
        if (available <= 0) {
            return count;
        }
        int now = Math.min(available, count);
        int limit = target.limit();
        target.limit(target.position() + now);
        part.getBytes(part.readerIndex() + from, target);
        target.limit(limit);
        return count - now;
    }

    /** The body as one read-only buffer, without a copy if it is one part. Only on the loop that releases, and valid until then. */
    ByteBuffer view() {
        if (parts == 0 && !released && first.nioBufferCount() == 1) {
            return first.nioBuffer().asReadOnlyBuffer();
        }
        ByteBuffer copy = ByteBuffer.allocate(length);
        put(copy, 0, length);
        return copy.flip().asReadOnlyBuffer();
    }

    /** A copy on the heap, good for ever. Any thread. */
    byte[] copy() {
        byte[] copy = new byte[length];
        putElsewhere(ByteBuffer.wrap(copy), 0, length);
        return copy;
    }

    /** Gives the network's buffers back. On the request's loop, once. */
    void release() {
        if (!released) {
            released = true;
            drop();
        }
    }

    /** False once the parts are given back. */
    private boolean hold() {
        int now = holders;
        while (now > 0 && !HOLDERS.compareAndSet(this, now, now + 1)) {
            now = holders;
        }
        return now > 0;
    }

    private void drop() {
        if (HOLDERS.decrementAndGet(this) == 0) {
            releaseParts();
        }
    }

    private void releaseParts() {
        first.release();
        for (int i = 0; i < parts; i++) {
            more[i].release();
        }
    }
}
