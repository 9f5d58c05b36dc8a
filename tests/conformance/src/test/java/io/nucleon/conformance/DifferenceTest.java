package io.nucleon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.support.RawAnswer;
import io.nucleon.support.exchange.Expectation;
import io.nucleon.support.exchange.Request;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    private static final Request REQUEST = Request.of("a test", Map.of());
    private static final RawAnswer ANSWER = new RawAnswer(200, "HTTP/1.1 200 OK", List.of(), new byte[0]);

    @Test
    void seesADifferenceThatHasGone() {
        assertThat(difference(Map.of("status", 200)).isGone(REQUEST, ANSWER)).isTrue();
        assertThat(difference(Map.of("status", 500)).isGone(REQUEST, ANSWER)).isFalse();
    }

    @Test
    void canTTellWithoutNucliosAnswer() {
        assertThat(new Difference("name", "pins", "nuclio", "reason", null).isGone(REQUEST, ANSWER))
                .isFalse();
    }

    private static Difference difference(Map<String, Object> answer) {
        return new Difference("name", "pins", "nuclio", "reason", Expectation.read("a test", answer));
    }
}
