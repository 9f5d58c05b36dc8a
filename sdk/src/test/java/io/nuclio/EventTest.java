package io.nuclio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nuclio.testing.TestEvent;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import samples.NuclioStyleEvent;

/** The rules of the default methods, which every kind of event shares. */
class EventTest {

    @ParameterizedTest
    @ValueSource(strings = {"X-Request-Id", "x-request-id", "X-REQUEST-ID"})
    void findsAHeaderWhateverItsCase(String name) {
        Event event = TestEvent.get("/").header("X-Request-Id", "7").build();

        assertThat(event.getHeader(name)).isEqualTo("7");
        assertThat(event.getHeaderString(name)).isEqualTo("7");
        assertThat(event.getHeaderBytes(name)).isEqualTo(new byte[] {'7'});
        assertThat(event.getHeaderLong(name)).isEqualTo(7);
    }

    @Test
    void prefersTheHeaderOfTheVeryName() {
        Event event = TestEvent.builder()
                .trigger("async", "kafka-cluster", "orders")
                .header("KEY", "upper")
                .header("key", "lower")
                .build();

        assertThat(event.getHeader("key")).isEqualTo("lower");
        assertThat(event.getHeader("KEY")).isEqualTo("upper");
    }

    @Test
    void tellsFieldsApartByCase() {
        Event event = TestEvent.get("/").field("q", "1").field("Q", "2").build();

        assertThat(event.getFieldString("q")).isEqualTo("1");
        assertThat(event.getFieldString("Q")).isEqualTo("2");
        assertThat(event.getField("x")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = "absent")
    @NullSource
    void hasNothingUnderAnUnknownName(String name) {
        Event event = TestEvent.get("/").header("A", "1").field("a", "1").build();

        assertThat(event.getHeader(name)).isNull();
        assertThat(event.getHeaderString(name)).isNull();
        assertThat(event.getHeaderBytes(name)).isNull();
        assertThat(event.getHeaderLong(name)).isZero();
        assertThat(event.getField(name)).isNull();
        assertThat(event.getFieldString(name)).isNull();
        assertThat(event.getFieldBytes(name)).isNull();
        assertThat(event.getFieldLong(name)).isZero();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("42", "42", 42L),
                Arguments.of(" -42 ", " -42 ", -42L),
                Arguments.of("text", "text", 0L),
                Arguments.of("", "", 0L),
                Arguments.of("4.5", "4.5", 0L),
                Arguments.of("9223372036854775807", "9223372036854775807", Long.MAX_VALUE),
                Arguments.of("9223372036854775808", "9223372036854775808", 0L),
                Arguments.of("12".getBytes(UTF_8), "12", 12L),
                Arguments.of("grüße".getBytes(UTF_8), "grüße", 0L),
                Arguments.of(7, "7", 7L),
                Arguments.of(7.0, "7.0", 7L),
                Arguments.of(new BigDecimal("8"), "8", 8L),
                Arguments.of(true, "true", 0L),
                Arguments.of(List.of("5", "6"), "5", 5L),
                Arguments.of(List.of(5L), "5", 5L));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsAValueAsTextBytesAndNumber(Object value, String text, long number) {
        Event event =
                TestEvent.get("/").header("Key", value).field("key", value).build();

        assertThat(event.getHeaderString("key")).isEqualTo(text);
        assertThat(event.getFieldString("key")).isEqualTo(text);
        assertThat(event.getHeaderBytes("key")).isEqualTo(text.getBytes(UTF_8));
        assertThat(event.getFieldBytes("key")).isEqualTo(text.getBytes(UTF_8));
        assertThat(event.getHeaderLong("key")).isEqualTo(number);
        assertThat(event.getFieldLong("key")).isEqualTo(number);
    }

    @Test
    void givesBytesAsTheyAre() {
        byte[] value = {(byte) 0xff, 0};
        Event event = TestEvent.get("/").header("A", value).field("a", value).build();

        assertThat(event.getHeaderBytes("a")).isSameAs(value);
        assertThat(event.getFieldBytes("a")).isSameAs(value);
    }

    @Test
    void readsAnEmptyListAsNothing() {
        Event event = TestEvent.get("/").header("A", List.of()).build();

        assertThat(event.getHeaderString("A")).isNull();
        assertThat(event.getHeaderBytes("A")).isNull();
        assertThat(event.getHeaderLong("A")).isZero();
    }

    @Test
    void showsTheBodyAsAReadOnlyViewOfTheSameBytes() {
        Event event = TestEvent.post("/").body("abc").build();

        ByteBuffer view = event.getBodyBuffer();
        event.getBody()[0] = 'x';

        assertThat(view.remaining()).isEqualTo(3);
        assertThat(view.get(0)).isEqualTo((byte) 'x');
        assertThatThrownBy(() -> view.put(0, (byte) 1)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void hasTheBodyArrayAsBodyObject() {
        Event event = TestEvent.post("/").body("abc").build();

        assertThat(event.getBodyObject()).isSameAs(event.getBody());
    }

    @Test
    void servesAnEventThatWasWrittenForNuclio() {
        Map<String, Object> headers = new HashMap<>();
        headers.put("Some-Header", "1");
        Event event = new NuclioStyleEvent(null, headers, null);

        assertThat(event.getTopic()).isEmpty();
        assertThat(event.getOffset()).isZero();
        assertThat(event.getBodyBuffer().remaining()).isZero();
        assertThat(event.getTriggerInfo().getName()).isEmpty();
        assertThat(EventValue.ignoringCase(event.getHeaders(), "some-header")).isEqualTo("1");
        assertThat(EventValue.ignoringCase(event.getFields(), "any")).isNull();
    }

    @Test
    void hasNoWorkerInAContextThatWasWrittenForNuclio() {
        Context context = () -> null;

        assertThat(context.getWorkerID()).isEqualTo(-1);
    }
}
