package io.nucleon.app;

import io.nucleon.delivery.DeadLetter;
import io.nucleon.delivery.DeadLetterHeaders;
import io.nucleon.delivery.DeadLetters;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Dead letters as requests to another function: the event's body and headers, and what is said of the letter. It is kept when that function
 * answers with a status below 300. Safe for many threads.
 */
final class FunctionDeadLetters implements DeadLetters {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int FIRST_REFUSAL = 300;

    private final String name;
    private final UnaryOperator<String> addressOf;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /** @param addressOf the URL of a function by its name */
    FunctionDeadLetters(String name, UnaryOperator<String> addressOf) {
        this.name = name;
        this.addressOf = addressOf;
    }

    @Override
    public void put(DeadLetter letter, Receipt receipt) {
        HttpRequest request;
        try {
            request = requestOf(letter);
        } catch (IllegalArgumentException e) {
            receipt.told(refused(e.getMessage(), e));
            return;
        }
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .whenComplete((answer, failure) -> receipt.told(
                        failure != null
                                ? refused(String.valueOf(failure.getMessage()), failure)
                                : answer.statusCode() >= FIRST_REFUSAL
                                        ? refused("it answered with status " + answer.statusCode(), null)
                                        : null));
    }

    private HttpRequest requestOf(DeadLetter letter) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(addressOf.apply(name)))
                .timeout(ANSWER)
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        bytes(letter.event().body())));
        letter.event().forEachHeader((header, value) -> add(request, header, value));
        if (!letter.event().contentType().isEmpty()) {
            request.setHeader("Content-Type", letter.event().contentType());
        }
        List<String> more = DeadLetterHeaders.of(letter);
        for (int i = 0; i < more.size(); i += 2) {
            request.setHeader(more.get(i), more.get(i + 1));
        }
        return request.build();
    }

    /** Brokers allow names and values that HTTP does not, and some names are the client's own to set: those are left out. */
    private static void add(HttpRequest.Builder request, String header, String value) {
        try {
            request.header(header, value);
        } catch (IllegalArgumentException notCarried) {
            // the rest of the letter is worth more than this header
        }
    }

    private static byte[] bytes(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }

    private Throwable refused(String why, Throwable cause) {
        return ErrorMessage.of(
                        ErrorCode.DEAD_LETTER_REFUSED,
                        "giving a dead letter to function '" + name + "' failed",
                        why,
                        "see that it runs and answers with 2xx; the event is kept and offered again")
                .toException(cause);
    }
}
