import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks the function {@code fibonacci} for several numbers and adds them up: POST {@code 2 10 17}.
 *
 * <pre>
 *   ./nucleon run examples/java/fibonacci --port 8085
 *   NUCLEON_FUNCTION_URLS=http://127.0.0.1:8085 ./nucleon run examples/java/call
 * </pre>
 */
public class CallHandler implements EventHandler {

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI fibonacci;

    public CallHandler() {
        String urls = System.getenv("NUCLEON_FUNCTION_URLS");
        fibonacci = URI.create(urls == null ? "http://nuclio-fibonacci:8080" : urls + "/fibonacci");
    }

    @Override
    public Response handleEvent(Context context, Event event) {
        long sum = 0;
        for (String number : new String(event.getBody(), StandardCharsets.UTF_8).split(" ")) {
            HttpResponse<String> answer = ask(number);
            if (answer.statusCode() != 200) {
                return new Response().setStatusCode(502).setBody(answer.body());
            }
            sum += Long.parseLong(answer.body());
        }
        return new Response().setBody("" + sum);
    }

    private HttpResponse<String> ask(String number) {
        HttpRequest request = HttpRequest.newBuilder(fibonacci)
                .POST(BodyPublishers.ofString(number))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("asking " + fibonacci + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("asking " + fibonacci + " was interrupted", e);
        }
    }
}
