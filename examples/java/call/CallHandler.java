import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.FunctionCall;
import io.nuclio.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks the function {@code fibonacci} for several numbers and adds them up: POST {@code 2 10 17}.
 *
 * <p>On a platform the other function is found by its name; on one machine too, wherever it runs:
 *
 * <pre>
 *   ./nucleon run examples/java/call examples/java/fibonacci
 * </pre>
 */
public class CallHandler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        long sum = 0;
        for (String number : new String(event.getBody(), StandardCharsets.UTF_8).split(" ")) {
            FunctionCall call = new FunctionCall().setBody(number).setTimeout(Duration.ofSeconds(10));
            Response answer = context.getPlatform().callFunction("fibonacci", call);
            String text = new String(answer.getBody(), StandardCharsets.UTF_8);
            if (answer.getStatusCode() != 200) {
                return new Response().setStatusCode(502).setBody(text);
            }
            sum += Long.parseLong(text);
        }
        return new Response().setBody("" + sum);
    }
}
