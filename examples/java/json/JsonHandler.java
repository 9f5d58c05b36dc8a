import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds the prices of an order up. The JDK has no JSON reader; for more than a pattern finds, put a library's jar beside the function
 * or hand in a jar that holds one.
 */
public class JsonHandler implements EventHandler {

    private static final Pattern PRICE = Pattern.compile("\"price\"\\s*:\\s*(-?\\d+(?:\\.\\d+)?)");

    @Override
    public Response handleEvent(Context context, Event event) {
        Matcher prices = PRICE.matcher(new String(event.getBody(), StandardCharsets.UTF_8));
        int items = 0;
        double total = 0;
        while (prices.find()) {
            items++;
            total += Double.parseDouble(prices.group(1));
        }
        if (items == 0) {
            return json("{\"error\": \"no item has a number 'price'\"}").setStatusCode(400);
        }
        return json(String.format(Locale.ROOT, "{\"items\": %d, \"total\": %.2f}", items, total));
    }

    private static Response json(String text) {
        return new Response().setContentType("application/json").setBody(text);
    }
}
