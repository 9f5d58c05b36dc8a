package io.nucleon.support.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.support.RawAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An expectation that can't fail would make every case green. */
class ExpectationTest {

    private static final Request REQUEST = Request.of("a test", Map.of("body", "sent"));
    private static final RawAnswer ANSWER = new RawAnswer(
            200,
            "HTTP/1.1 200 OK",
            List.of("X-One: 1", "X-Two: a", "X-Two: b", "X-Nuclio-Logs: [{\"level\":\"info\",\"n\":1}]"),
            "{\"a\": [1, 2.0], \"b\": \"text\"}".getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{status: 200, size: 28, matches: te.t}",
                "{headers: {x-one: '1', X-Two: [a, b], X-Three: null}, spelling: [X-One]}",
                "{headers: {X-One: '~[0-9]'}, has: {b: ~t.*t, c: null}}",
                "{json: {a: [1, 2], b: text}, logs: [{level: info}]}"
            })
    void acceptsWhatIsThere(String expected) {
        assertThat(problems(expected)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{status: 201}",
                "{size: 27}",
                "{body: text}",
                "{body: '~text'}",
                "{matches: teext}",
                "{headers: {X-One: '2'}}",
                "{headers: {X-One: null}}",
                "{headers: {X-Two: b}}",
                "{headers: {X-Two: [b, a]}}",
                "{headers: {X-Three: c}}",
                "{spelling: [x-one]}",
                "{json: {a: [1, 2]}}",
                "{has: {a: [1]}}",
                "{has: {a: [1, 3]}}",
                "{has: {b: null}}",
                "{has: {c: d}}",
                "{logs: []}",
                "{logs: [{level: warn}]}",
                "{echo: true}",
                "{base64: AAAA}"
            })
    void refusesWhatIsNot(String expected) {
        assertThat(problems(expected)).hasSize(1);
    }

    @Test
    void refusesLogsThatAreNotThere() {
        RawAnswer silent = new RawAnswer(200, "HTTP/1.1 200 OK", List.of(), new byte[0]);

        assertThat(expectation("{logs: []}").problems(REQUEST, silent)).hasSize(1);
    }

    @Test
    void refusesKeysThatItDoesNotKnow() {
        assertThatThrownBy(() -> expectation("{statsu: 200}")).hasMessageContaining("[statsu]");
        assertThatThrownBy(() -> expectation("{}")).hasMessageContaining("expects nothing");
        assertThatThrownBy(() -> Request.of("a test", Map.of("pth", "/"))).hasMessageContaining("[pth]");
    }

    @Test
    void sendsAPatternThatRepeatsNoPowerOfTwo() {
        byte[] pattern = Request.pattern(200_000);

        assertThat(pattern).hasSize(200_000);
        assertThat(Arrays.equals(pattern, 0, 65_536, pattern, 65_536, 131_072)).isFalse();
        assertThat(Arrays.equals(pattern, 0, 4096, pattern, 4096, 8192)).isFalse();
    }

    private static List<String> problems(String expected) {
        return expectation(expected).problems(REQUEST, ANSWER);
    }

    private static Expectation expectation(String yaml) {
        return Expectation.read("a test", YamlFile.parse(yaml));
    }
}
