package io.nucleon.runtime.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.runtime.shell.Frames.BrokenFrameException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LengthFramesTest {

    private final Frames frames = new LengthFrames();

    @Test
    void findsAnAnswerAmongOthers() throws BrokenFrameException {
        byte[] read = "rest3\nabc2 201 text/html; charset=utf-8\nde".getBytes(UTF_8);

        Frames.Found first = frames.find(read, 4, read.length);
        Frames.Found second = frames.find(read, first.end(), read.length);

        assertThat(text(read, first)).isEqualTo("abc");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.contentType()).isEmpty();
        assertThat(text(read, second)).isEqualTo("de");
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(second.end()).isEqualTo(read.length);
    }

    @Test
    void waitsForWhatIsNotThereYet() throws BrokenFrameException {
        byte[] read = "11 200\nhello world".getBytes(UTF_8);

        for (int end = 0; end < read.length; end++) {
            assertThat(frames.find(read, 0, end)).as("%d bytes", end).isNull();
        }
        assertThat(frames.find(read, 0, read.length)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "x\n",
                " 3\nabc",
                "-1\n",
                "+1\nx",
                "1x\nx",
                "99999999999999999999\n",
                "2000000000\n",
                "1 20\nx",
                "1 2000\nx",
                "1 abc\nx",
                "1 200.5\nx"
            })
    void refusesWhatIsNoLengthOrStatus(String read) {
        byte[] bytes = read.getBytes(UTF_8);

        assertThatThrownBy(() -> frames.find(bytes, 0, bytes.length)).isInstanceOf(BrokenFrameException.class);
    }

    @Test
    void refusesAFirstLineWithoutAnEnd() {
        byte[] bytes = "1".repeat(9000).getBytes(UTF_8);

        assertThatThrownBy(() -> frames.find(bytes, 0, bytes.length)).isInstanceOf(BrokenFrameException.class);
    }

    private static String text(byte[] read, Frames.Found found) {
        return new String(read, found.bodyAt(), found.bodyLength(), UTF_8);
    }
}
