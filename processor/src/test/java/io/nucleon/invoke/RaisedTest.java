package io.nucleon.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RaisedTest {

    @ParameterizedTest
    @CsvSource({
        "error|ZeroDivisionError|at|/srv/f/main.py:7|message|division by zero, ZeroDivisionError main.py:7",
        "error|java.lang.IllegalStateException|at|Orders.java:21, IllegalStateException Orders.java:21",
        "at|main.py:7|error|KeyError, KeyError main.py:7",
        "error|KeyError, KeyError",
        "later|x|error|KeyError|at, KeyError",
    })
    void isReadFromThePairsOfAFailedAnswer(String pairs, String brief) {
        assertThat(raised(pairs).brief()).isEqualTo(brief);
    }

    @Test
    void leavesTheViewAsItWas() {
        ByteBuffer pairs = ByteBuffer.wrap("error|KeyError".replace('|', '\0').getBytes(StandardCharsets.UTF_8));

        Raised.of(pairs);

        assertThat(pairs.remaining()).isEqualTo(14);
    }

    @ParameterizedTest
    @CsvSource({"''", "|", "|||", "error", "\uffff|x"})
    void takesAnythingThatAWorkerSends(String pairs) {
        assertThat(raised(pairs).type()).isEmpty();
    }

    private static Raised raised(String pairs) {
        return Raised.of(ByteBuffer.wrap(pairs.replace('|', '\0').getBytes(StandardCharsets.UTF_8)));
    }
}
