package io.nucleon.polyglot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyObject;

/**
 * The requests behind {@code node:http}. They are sent by threads of the client's own; the answers wait until the worker's thread takes
 * them. Confined to that thread, but for the queue.
 */
final class JavaScriptRequests {

    private final GuestSetting.Network network;
    private final String functions;
    private final Port port;
    private final Queue<Map<String, Object>> answers = new ConcurrentLinkedQueue<>();
    private HttpClient client;

    JavaScriptRequests(GuestSetting setting, Port port) {
        this.network = setting.network();
        this.port = port;
        this.functions = setting.environment().getOrDefault("NUCLEON_FUNCTION_URLS", "");
    }

    /** {@code request(number, method, url, [name, value, …], buffer, from, length, timeoutMillis)}. */
    Object send(Value... given) throws IOException {
        int number = given[0].asInt();
        if (client == null) {
            port.makeWakeable();
            client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        }
        try {
            URI address = URI.create(given[2].asString());
            if (!isAllowed(address)) {
                answer(number, "EACCES: runtimeAttributes.polyglot.network does not allow " + address.getAuthority());
                return null;
            }
            client.sendAsync(request(address, given), HttpResponse.BodyHandlers.ofByteArray())
                    .whenComplete((response, failure) -> {
                        if (failure == null) {
                            answer(number, response);
                        } else {
                            answer(number, words(failure));
                        }
                    });
        } catch (IllegalArgumentException e) {
            answer(number, "EINVAL: " + e.getMessage());
        }
        return null;
    }

    /** Other functions are called below the platform's address, or by the names that nuclio's services have. */
    private boolean isAllowed(URI address) {
        return switch (network) {
            case NONE -> false;
            case ANY -> true;
            case FUNCTIONS ->
                (!functions.isEmpty() && address.toString().startsWith(functions))
                        || (address.getHost() != null && address.getHost().startsWith("nuclio-"));
        };
    }

    private static HttpRequest request(URI address, Value... given) {
        byte[] body = new byte[given[6].asInt()];
        given[4].readBuffer(given[5].asInt(), body, 0, body.length);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(
                        given[1].asString(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        for (long at = 0; at + 1 < given[3].getArraySize(); at += 2) {
            String name = given[3].getArrayElement(at).asString();
            if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("connection")) {
                request.header(name, given[3].getArrayElement(at + 1).asString());
            }
        }
        if (given[7].asLong() > 0) {
            request.timeout(Duration.ofMillis(given[7].asLong()));
        }
        return request.build();
    }

    private static String words(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof HttpTimeoutException) {
            return "timeout";
        }
        return (cause instanceof java.net.ConnectException ? "ECONNREFUSED: " : "EIO: ") + cause;
    }

    private void answer(int number, String failure) {
        add(number, failure, 0, List.of(), new byte[0]);
    }

    private void answer(int number, HttpResponse<byte[]> response) {
        List<String> headers = new ArrayList<>();
        response.headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> {
                    headers.add(name);
                    headers.add(value);
                }));
        add(number, "", response.statusCode(), headers, response.body());
    }

    private void add(int number, String failure, int status, List<String> headers, byte[] body) {
        Map<String, Object> answer = new HashMap<>();
        answer.put("number", number);
        answer.put("failure", failure);
        answer.put("status", status);
        answer.put("headers", ProxyArray.fromArray(headers.toArray()));
        answer.put("body", ByteBuffer.wrap(body));
        answers.add(answer);
        port.wake();
    }

    /** What has come since the last time. */
    ProxyArray take() {
        List<Object> taken = new ArrayList<>();
        for (Map<String, Object> one = answers.poll(); one != null; one = answers.poll()) {
            taken.add(ProxyObject.fromMap(one));
        }
        return ProxyArray.fromArray(taken.toArray());
    }
}
