package io.nucleon.wrapper.handler;

import io.nuclio.FunctionCall;
import io.nuclio.Platform;
import io.nuclio.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Calls functions by their URLs (PROTOCOL.md, appendix B). Safe for many threads; its client is made with the first call and lives until
 * {@link #close}.
 */
public final class HttpPlatform implements Platform, AutoCloseable {

    /** What the client says by itself, or belongs to the connection that a message came on. */
    private static final Set<String> OF_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final String TARGET = "X-Nuclio-Target";

    private final String kind;
    private final String namespace;
    private final String urls;
    private HttpClient client;
    private boolean closed;

    /**
     * A function's platform.
     *
     * @param kind {@code local} or {@code kube}
     * @param urls below which functions answer as {@code URLS/NAME}; empty: by the names of nuclio's services
     */
    public HttpPlatform(String kind, String namespace, String urls) {
        this.kind = kind.isEmpty() ? "local" : kind;
        this.namespace = namespace;
        this.urls = urls.replaceAll("/+$", "");
    }

    @Override
    public String getKind() {
        return kind;
    }

    @Override
    public String getNamespace() {
        return namespace;
    }

    @Override
    public Response callFunction(String functionName, FunctionCall call) {
        URI uri = URI.create(addressOf(functionName) + (call.getPath().startsWith("/") ? "" : "/") + call.getPath());
        try {
            return response(client().send(request(functionName, call, uri), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("calling function '" + functionName + "' at " + uri + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("the thread was interrupted");
            throw new UncheckedIOException("calling function '" + functionName + "' failed", interrupted);
        }
    }

    private String addressOf(String functionName) {
        if (!urls.isEmpty()) {
            return (urls.contains("://") ? urls : "http://" + urls) + "/" + functionName;
        }
        return "http://nuclio-" + (kind.equals("local") ? namespace + "-" : "") + functionName + ":8080";
    }

    private static HttpRequest request(String functionName, FunctionCall call, URI uri) {
        byte[] body = call.getBody();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(call.getMethod(), body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .setHeader("Content-Type", call.getContentType())
                .setHeader(TARGET, functionName);
        call.getHeaders().forEach((name, value) -> {
            if (value != null && !isOfConnection(name) && !name.equalsIgnoreCase("content-type")) {
                request.setHeader(name, value.toString());
            }
        });
        if (call.getTimeout().isPositive()) {
            request.timeout(call.getTimeout());
        }
        return request.build();
    }

    /** Whether a header is no part of the message that a client of this JDK passes on. */
    public static boolean isOfConnection(String name) {
        return OF_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
    }

    private static Response response(HttpResponse<byte[]> answer) {
        Map<String, Object> headers = answer.headers().map().entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> one(header.getValue()),
                        (first, second) -> second,
                        TreeMap::new));
        return new Response()
                .setStatusCode(answer.statusCode())
                .setContentType(answer.headers().firstValue("Content-Type").orElse("text/plain"))
                .setHeaders(headers)
                .setBody(answer.body());
    }

    private static Object one(List<String> values) {
        return values.size() == 1 ? values.getFirst() : values;
    }

    /** HTTP/1.1: an attempt to upgrade would cost the first call of every connection a header that the function then sees. */
    private synchronized HttpClient client() {
        if (closed) {
            throw new IllegalStateException("the worker has ended");
        }
        if (client == null) {
            client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        }
        return client;
    }

    /** Ends calls that are open. */
    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.shutdownNow();
        }
    }
}
