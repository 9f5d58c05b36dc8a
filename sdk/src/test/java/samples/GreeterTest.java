package samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nuclio.Response;
import io.nuclio.testing.HandlerTest;
import io.nuclio.testing.LogEntry.Level;
import io.nuclio.testing.TestContext;
import io.nuclio.testing.TestEvent;
import org.junit.jupiter.api.Test;

class GreeterTest {

    @Test
    void greetsByName() {
        TestContext context = new TestContext();

        Response response = HandlerTest.call(new Greeter(), TestEvent.get("/").field("name", "Ada"), context);

        assertThat(response.getBody()).asString(UTF_8).isEqualTo("Hello, Ada");
        assertThat(context.getLogger().messages(Level.INFO)).containsExactly("greeting");
    }

    @Test
    void asksWhoOtherwise() {
        assertThat(HandlerTest.call(new Greeter(), TestEvent.get("/")).getStatusCode())
                .isEqualTo(400);
    }
}
