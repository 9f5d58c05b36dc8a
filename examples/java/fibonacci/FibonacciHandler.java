import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The Nth Fibonacci number: POST the N. */
public class FibonacciHandler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        String body = new String(event.getBody(), StandardCharsets.UTF_8).strip();
        if (!body.matches("\\d{1,4}") || Integer.parseInt(body) > 1000) {
            return new Response().setStatusCode(400).setBody("send a number from 0 to 1000");
        }
        BigInteger first = BigInteger.ZERO;
        BigInteger second = BigInteger.ONE;
        for (int i = Integer.parseInt(body); i > 0; i--) {
            BigInteger sum = first.add(second);
            first = second;
            second = sum;
        }
        return new Response().setBody(first.toString());
    }
}
