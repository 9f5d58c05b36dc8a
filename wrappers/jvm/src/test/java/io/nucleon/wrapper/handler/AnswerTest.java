package io.nucleon.wrapper.handler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import io.nuclio.testing.TestContext;
import io.nuclio.testing.TestEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

    private final Answer answer = new Answer();

    private void run(EventHandler handler) {
        answer.run(handler, new TestContext(), TestEvent.get("/").build());
    }

    private String body() {
        return new String(answer.body(), UTF_8);
    }

    private String headers() {
        return new String(answer.headers(), UTF_8).replace('\0', '|');
    }

    @Test
    void takesTheDefaultsOfAResponse() {
        run((context, event) -> new Response());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).asString(UTF_8).isEqualTo("text/plain");
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers()).isEmpty();
        assertThat(answer.extra()).isEmpty();
        assertThat(answer.failed()).isFalse();
        assertThat(answer.noAck()).isFalse();
    }

    @Test
    void takesEveryPartOfAResponse() {
        byte[] body = {0, (byte) 0xff, 10};
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("X-Text", "ä");
        headers.put("X-Number", 7);
        headers.put("X-Flag", true);
        headers.put("X-Bytes", new byte[] {'b'});
        headers.put("X-List", List.of("one", 2));
        headers.put("X-Null", null);

        run((context, event) -> new Response()
                .setStatusCode(201)
                .setContentType("application/x")
                .setBody(body)
                .setHeaders(headers));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.contentType()).asString(UTF_8).isEqualTo("application/x");
        assertThat(answer.body()).isSameAs(body);
        assertThat(headers()).isEqualTo("X-Text|ä|X-Number|7|X-Flag|true|X-Bytes|b|X-List|one|X-List|2");
    }

    @Test
    void takesNullPartsAsNothing() {
        run((context, event) ->
                new Response().setBody((byte[]) null).setContentType(null).setHeaders(null));

        assertThat(answer.failed()).isFalse();
        assertThat(answer.contentType()).isEmpty();
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers()).isEmpty();
    }

    @Test
    void readsStatusZeroAs200() {
        run((context, event) -> new Response().setStatusCode(0));

        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1000, Long.MAX_VALUE})
    void failsOnAStatusThatHttpDoesNotHave(long status) {
        run((context, event) -> new Response().setStatusCode(status));

        assertThat(answer.failed()).isTrue();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(body()).isEqualTo("Error in handler: status code " + status + " is not in 0..999");
    }

    @Test
    void leavesOutNulOfHeaders() {
        run((context, event) -> new Response().setHeaders(Map.of("X-\0Name", "va\0lue")));

        assertThat(headers()).isEqualTo("X-Name|value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Nuclio-Stream-No-Ack", "x-nuclio-stream-no-ack"})
    void takesTheNoAckHeaderOut(String name) {
        run((context, event) -> new Response().setHeaders(new HashMap<>(Map.of(name, true))));

        assertThat(answer.noAck()).isTrue();
        assertThat(answer.headers()).isEmpty();
    }

    @Test
    void answersAnExceptionWithNucliosText() {
        run((context, event) -> {
            throw new IllegalArgumentException("no such order", new IllegalStateException("gone"));
        });

        assertThat(answer.failed()).isTrue();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.contentType()).asString(UTF_8).isEqualTo("text/plain");
        assertThat(body())
                .startsWith("Error in handler: java.lang.IllegalArgumentException: no such order\n\tat ")
                .contains("\nCaused by: java.lang.IllegalStateException: gone\n\tat ");
        assertThat(new String(answer.extra(), UTF_8).split("\0", -1))
                .startsWith("error", "java.lang.IllegalArgumentException", "at")
                .endsWith("message", "no such order");
    }

    @Test
    void answersEveryErrorAndLives() {
        run((context, event) -> {
            throw new AssertionError("wrong");
        });
        assertThat(body()).startsWith("Error in handler: java.lang.AssertionError: wrong");

        run((context, event) -> overflow(1));
        assertThat(body()).startsWith("Error in handler: java.lang.StackOverflowError");

        run((context, event) -> new Response().setBody(new byte[Integer.MAX_VALUE]));
        assertThat(body()).startsWith("Error in handler: java.lang.OutOfMemoryError");

        run((context, event) -> new Response().setBody("still here"));
        assertThat(body()).isEqualTo("still here");
        assertThat(answer.failed()).isFalse();
    }

    @SuppressWarnings("InfiniteRecursion")
    private static Response overflow(int depth) {
        return overflow(depth + 1).setStatusCode(depth);
    }

    @Test
    void answersAMissingResponse() {
        run(new ReturnsNull());

        assertThat(answer.failed()).isTrue();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(body()).isEqualTo("Error in handler: " + ReturnsNull.class.getName() + " returned null");
    }

    private static final class ReturnsNull implements EventHandler {
        @Override
        public Response handleEvent(Context context, Event event) {
            return null;
        }
    }

    @Test
    void answersAnExceptionThatCannotDescribeItself() {
        run((context, event) -> {
            throw new Hostile();
        });

        assertThat(answer.failed()).isTrue();
        assertThat(body()).isEqualTo("Error in handler: " + Hostile.class.getName());
    }

    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message for you");
        }
    }

    @Test
    void answersAResponseWhoseOwnMethodsThrow() {
        run((context, event) -> new Response() {
            @Override
            public byte[] getBody() {
                throw new IllegalStateException("not ready");
            }
        });

        assertThat(answer.failed()).isTrue();
        assertThat(body()).startsWith("Error in handler: java.lang.IllegalStateException: not ready");
    }

    @Test
    void cutsCausesThatGoInCircles() {
        Exception one = new Exception("one");
        RuntimeException two = new RuntimeException("two", one);
        one.initCause(two);

        run((context, event) -> {
            throw two;
        });

        assertThat(Arrays.stream(body().split("\n")).filter(line -> line.startsWith("Caused by")))
                .hasSize(7);
    }
}
