package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

    private static byte[] read(RequestBody body, int from, int count) {
        ByteBuffer target = ByteBuffer.allocateDirect(count);
        body.put(target, from, count);
        byte[] bytes = new byte[count];
        target.flip().get(bytes);
        return bytes;
    }

    @Test
    void readsAnyPartOfAnyPieces() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            RequestBody body = new RequestBody();
            List<ByteBuf> parts = new ArrayList<>();
            byte[] all = new byte[0];
            for (int i = random.nextInt(30); i >= 0; i--) {
                byte[] part = new byte[random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(50)];
                random.nextBytes(part);
                all = Arrays.copyOf(all, all.length + part.length);
                System.arraycopy(part, 0, all, all.length - part.length, part.length);
                ByteBuf buffer = Unpooled.copiedBuffer(part);
                parts.add(buffer);
                body.add(buffer, ByteBufAllocator.DEFAULT);
            }

            int from = all.length == 0 ? 0 : random.nextInt(all.length);
            int count = all.length == from ? 0 : random.nextInt(all.length - from);
            assertThat(body.length()).isEqualTo(all.length);
            assertThat(read(body, from, count))
                    .as("seed %d", seed)
                    .isEqualTo(Arrays.copyOfRange(all, from, from + count));
            assertThat(read(body, 0, all.length)).isEqualTo(all);
            assertThat(body.copy()).isEqualTo(all);
            byte[] viewed = new byte[all.length];
            body.view().get(viewed);
            assertThat(viewed).isEqualTo(all);

            body.release();
            assertThat(parts).allMatch(part -> part.refCnt() == 0 || part.capacity() == 0);
            assertThat(read(body, 0, all.length)).isEqualTo(new byte[all.length]);
            assertThat(body.copy()).isEqualTo(new byte[all.length]);
        }
    }

    @Test
    void smallPartsDoNotPinTheirBuffers() {
        RequestBody body = new RequestBody();
        List<ByteBuf> parts = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            ByteBuf part = Unpooled.buffer(64).writeByte(i);
            parts.add(part);
            body.add(part, ByteBufAllocator.DEFAULT);
        }

        assertThat(parts.stream().filter(part -> part.refCnt() > 0)).hasSize(1);
        body.release();
    }

    @Test
    void aLateReaderDoesNotTouchWhoeverHasTheBufferNow() throws InterruptedException {
        AtomicInteger most = new AtomicInteger();
        // only Netty's own threads, as an event loop's, use a buffer's object again
        Thread loop = new FastThreadLocalThread(() -> most.set(mostHoldersOfTheNextOwner()));
        loop.start();
        loop.join(Duration.ofSeconds(30));

        assertThat(most.get()).as("holders that the buffer's new owner sees").isEqualTo(1);
    }

    private static int mostHoldersOfTheNextOwner() {
        PooledByteBufAllocator pool = PooledByteBufAllocator.DEFAULT;
        ByteBuf part = pool.directBuffer(256).writeZero(200);
        RequestBody body = new RequestBody();
        body.add(part, pool);
        body.release();
        ByteBuf next = pool.directBuffer(256);
        assertThat(next).as("the pool gives the same object again").isSameAs(part);
        Thread late = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 50_000; i++) {
                body.copy();
            }
        });
        int most = 1;
        while (late.isAlive()) {
            most = Math.max(most, next.refCnt());
        }
        next.release();
        return most;
    }

    @Test
    void aReaderHoldsThePartsOverTheRelease() throws InterruptedException {
        for (int round = 0; round < 2_000; round++) {
            ByteBuf part = Unpooled.directBuffer(64).writeLong(round + 1);
            RequestBody body = new RequestBody();
            body.add(part, ByteBufAllocator.DEFAULT);
            long[] read = new long[1];
            Thread reader = Thread.ofVirtual()
                    .start(() -> read[0] = ByteBuffer.wrap(body.copy()).getLong());
            body.release();
            reader.join();

            assertThat(read[0]).isIn(0L, round + 1L);
            assertThat(part.refCnt()).isZero();
        }
    }
}
