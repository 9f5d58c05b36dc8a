package io.nucleon.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameViewTest {

    private static final int EPOCH = 7;

    @Test
    void readsEverySection() {
        ByteBuffer memory = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        byte[] sections = "/p\0a=1text/plainIDurl\0u".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] headers = "A\0b".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] body = {1, 2, 3};
        memory.position(128);
        int length = FrameLayout.HEADER + sections.length + headers.length + body.length;
        memory.putInt(128 + FrameLayout.LENGTH, length);
        memory.put(128 + FrameLayout.TYPE, (byte) FrameLayout.RESPONSE);
        memory.put(128 + FrameLayout.FLAGS, (byte) FrameLayout.FLAG_FAILED);
        memory.putShort(128 + FrameLayout.CODE, (short) 60_000);
        memory.putShort(128 + FrameLayout.PATH_LENGTH, (short) 6);
        memory.putShort(128 + FrameLayout.CONTENT_TYPE_LENGTH, (short) 10);
        memory.putShort(128 + FrameLayout.ID_LENGTH, (short) 2);
        memory.putShort(128 + FrameLayout.EXTRA_LENGTH, (short) 5);
        memory.putInt(128 + FrameLayout.HEADERS_LENGTH, headers.length);
        memory.putInt(128 + FrameLayout.BODY_LENGTH, body.length);
        memory.position(128 + FrameLayout.HEADER);
        memory.put(sections).put(headers).put(body);
        FrameView view = new FrameView();
        view.over(memory);

        String wrong = view.read(128, length, 0, 0);

        assertThat(wrong).isNull();
        assertThat(view.code()).isEqualTo(60_000);
        assertThat(view.has(FrameLayout.FLAG_FAILED)).isTrue();
        assertThat(text(view.path())).isEqualTo("/p\0a=1");
        assertThat(text(view.contentType())).isEqualTo("text/plain");
        assertThat(text(view.extra())).isEqualTo("url\0u");
        assertThat(text(view.headers())).isEqualTo("A\0b");
        assertThat(view.body().remaining()).isEqualTo(3);
    }

    private static String text(ByteBuffer section) {
        byte[] bytes = new byte[section.remaining()];
        section.get(bytes);
        return new String(bytes, java.nio.charset.StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({"0", "63", "101", "-1", "2147483647"})
    void refusesLengths(int length) {
        FrameView view = frame(length);

        assertThat(view.read(0, 100, 0, 0)).isNotNull();
    }

    private static FrameView frame(int length) {
        ByteBuffer memory = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        Frames.put(memory, FrameLayout.RESPONSE, EPOCH, 1, new byte[0]);
        memory.putInt(FrameLayout.LENGTH, length);
        FrameView view = new FrameView();
        view.over(memory);
        return view;
    }

    @ParameterizedTest
    @CsvSource({"99,1", "150,51", "200,1", "-5,1", "9223372036854775807,10"})
    void refusesBodiesOutsideOfTheArena(long offset, int bodyLength) {
        ByteBuffer memory = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        Frames.put(memory, FrameLayout.RESPONSE, EPOCH, 1, new byte[0]);
        memory.putInt(FrameLayout.BODY_LENGTH, bodyLength);
        memory.putLong(FrameLayout.ARENA_OFFSET, offset);
        FrameView view = new FrameView();
        view.over(memory);

        assertThat(view.read(0, 64, 100, 200)).contains("outside of the arena");
    }

    /** 10⁶ headers of noise and of small damage: a verdict each, sections always inside of the memory. */
    @Test
    void neverReadsOutsideOfItsMemoryWhateverAPeerWrites() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer memory = ByteBuffer.allocateDirect(8192).order(ByteOrder.LITTLE_ENDIAN);
        FrameView view = new FrameView();
        view.over(memory);
        int wellFormed = 0;

        for (int i = 0; i < 1_000_000; i++) {
            damage(memory, random, i);
            int available = 64 + random.nextInt(4096 - 64);
            if (view.read(0, available, 4096, 8192) == null && view.type() != FrameLayout.PAD) {
                wellFormed++;
                touch(view);
            }
        }

        assertThat(wellFormed).as("seed %d", seed).isPositive();
    }

    private static void damage(ByteBuffer memory, SplittableRandom random, int round) {
        if (round % 4 == 0) {
            for (int at = 0; at < FrameLayout.HEADER; at += Long.BYTES) {
                memory.putLong(at, random.nextLong());
            }
            return;
        }
        memory.position(0);
        Frames.put(memory, 1 + random.nextInt(15), EPOCH, random.nextLong(), new byte[random.nextInt(64)]);
        if (round % 4 != 1) {
            memory.put(random.nextInt(FrameLayout.HEADER), (byte) random.nextInt());
        }
    }

    private static void touch(FrameView view) {
        for (ByteBuffer section :
                new ByteBuffer[] {view.path(), view.contentType(), view.extra(), view.headers(), view.body()}) {
            if (section.hasRemaining()) {
                section.get(section.limit() - 1);
            }
        }
    }
}
