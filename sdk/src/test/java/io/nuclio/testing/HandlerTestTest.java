package io.nuclio.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nuclio.EventHandler;
import io.nuclio.NonBlocking;
import io.nuclio.Response;
import io.nuclio.testing.LogEntry.Level;
import org.junit.jupiter.api.Test;
import samples.HeaderEcho;
import samples.LoggingCounter;
import samples.Reverser;

/** Runs handlers written for nuclio through the kit. */
class HandlerTestTest {

    @Test
    void reversesABody() {
        Response response = HandlerTest.call(new Reverser(), TestEvent.post("/").body("nucleon"));

        assertThat(response.getBody()).asString(UTF_8).isEqualTo("noelcun");
        assertThat(response.getStatusCode()).isEqualTo(200);
    }

    @Test
    void givesStatusContentTypeAndHeaders() {
        Response response = HandlerTest.call(
                new HeaderEcho(),
                TestEvent.post("/").header("X-Original", "here").field("count", "41"));

        assertThat(response.getStatusCode()).isEqualTo(201);
        assertThat(response.getContentType()).isEqualTo("application/json");
        assertThat(response.getHeaders()).containsEntry("X-Original", "here").containsEntry("X-Count", 42L);
    }

    @Test
    void keepsInstanceAndLogBetweenCallsOnOneContext() {
        LoggingCounter handler = new LoggingCounter();
        TestContext context = new TestContext(3);

        HandlerTest.call(handler, TestEvent.get("/a"), context);
        Response second = HandlerTest.call(handler, TestEvent.get("/b").build(), context);

        assertThat(second.getBody()).asString(UTF_8).isEqualTo("2");
        assertThat(context.getWorkerID()).isEqualTo(3);
        assertThat(context.getLogger().messages(Level.DEBUG))
                .containsExactly("call 1 of /a", "no pairs", "call 2 of /b", "no pairs");
    }

    @Test
    void keepsWhatAHandlerHasAckedByItself() {
        TestContext context = new TestContext();

        HandlerTest.call(
                (surroundings, event) -> {
                    surroundings.getPlatform().explicitAck(event);
                    surroundings.getPlatform().explicitAck("orders", 1, 7);
                    return new Response();
                },
                TestEvent.post("/").topic("orders").shard(2, 3).offset(99).build(),
                context);

        assertThat(context.acked()).containsExactly("orders/2@99", "orders/1@7");
    }

    @Test
    void loadsAMarkedHandlerWithoutPackageByName() throws Exception {
        Class<?> type = Class.forName("DefaultPackageHandler");
        EventHandler handler = (EventHandler) type.getConstructor().newInstance();

        Response response = HandlerTest.call(handler, TestEvent.post("/").body(new byte[] {1, 2}));

        assertThat(response.getBody()).containsExactly(1, 2);
        assertThat(type.isAnnotationPresent(NonBlocking.class)).isTrue();
    }

    @Test
    void hasNoMarkOnASubclassOfANonBlockingHandler() {
        @NonBlocking
        class Parent extends Reverser {}
        class Child extends Parent {}

        assertThat(Parent.class.isAnnotationPresent(NonBlocking.class)).isTrue();
        assertThat(Child.class.isAnnotationPresent(NonBlocking.class)).isFalse();
    }

    @Test
    void letsTheHandlersExceptionThrough() {
        EventHandler failing = (context, event) -> {
            throw new IllegalStateException("broken");
        };

        assertThatThrownBy(() -> HandlerTest.call(failing, TestEvent.get("/")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }

    @Test
    void refusesANullAnswer() {
        EventHandler silent = (context, event) -> null;

        assertThatThrownBy(() -> HandlerTest.call(silent, TestEvent.get("/")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("returned null");
    }
}
