package io.nucleon.polyglot;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

/**
 * Requests that a context's code makes of others, as far as {@code runtimeAttributes.polyglot.network} lets it. A redirect is an answer like
 * any other: where it leads has to be asked for anew. Confined to the worker's thread; answers complete on threads of the client's.
 */
final class GuestRequests {

    /** Names that nuclio's services have; in a cluster, those of other namespaces too. */
    private static final Pattern SERVICE =
            Pattern.compile("nuclio-[a-z0-9-]+(\\.[a-z0-9-]+\\.svc(\\.cluster\\.local)?)?");

    /** The client's own business. */
    private static final Set<String> NOT_SENT = Set.of("host", "connection", "content-length", "expect", "upgrade");

    private final GuestSetting.Network network;
    private final URI functions;
    private HttpClient client;

    GuestRequests(GuestSetting setting) {
        network = setting.network();
        functions = base(setting.environment().getOrDefault("NUCLEON_FUNCTION_URLS", ""));
    }

    /**
     * A request.
     *
     * @param headers name, value, name, …
     * @param body backed by an array, which is all of it
     * @param timeoutMillis 0 for none but the event's own
     */
    record Wanted(String method, String url, List<String> headers, ByteBuffer body, long timeoutMillis) {}

    /**
     * What came back.
     *
     * @param failure empty if there is an answer; else {@code timeout}, or words that begin with a code of Node.js's
     * @param headers name, value, name, …
     */
    record Answer(String failure, int status, List<String> headers, ByteBuffer body) {

        private static Answer failed(String words) {
            return new Answer(words, 0, List.of(), ByteBuffer.allocate(0));
        }

        private static Answer of(HttpResponse<byte[]> response) {
            List<String> headers = new ArrayList<>();
            response.headers()
                    .map()
                    .forEach((name, values) -> values.forEach(value -> {
                        headers.add(name);
                        headers.add(value);
                    }));
            return new Answer("", response.statusCode(), headers, ByteBuffer.wrap(response.body()));
        }
    }

    private static URI base(String urls) {
        return urls.isEmpty() ? null : URI.create(urls.contains("://") ? urls : "http://" + urls);
    }

    /** Never fails: an answer may be a failure. */
    CompletableFuture<Answer> send(Wanted wanted) {
        try {
            URI address = URI.create(wanted.url());
            if (!isAllowed(address)) {
                return refused("EACCES: runtimeAttributes.polyglot.network does not allow " + address.getAuthority());
            }
            if (client == null) {
                client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
            }
            return client.sendAsync(request(address, wanted), HttpResponse.BodyHandlers.ofByteArray())
                    .handle((response, failure) ->
                            failure == null ? Answer.of(response) : Answer.failed(words(failure)));
        } catch (IllegalArgumentException e) {
            return refused("EINVAL: " + e.getMessage());
        }
    }

    private static CompletableFuture<Answer> refused(String words) {
        return CompletableFuture.completedFuture(Answer.failed(words));
    }

    private boolean isAllowed(URI address) {
        return switch (network) {
            case NONE -> false;
            case ANY -> true;
            case FUNCTIONS -> isFunction(address);
        };
    }

    /** By the name of its service, or below the address that the processor tells. */
    private boolean isFunction(URI address) {
        String host = address.getHost();
        if (host == null || address.getUserInfo() != null) {
            return false;
        }
        if (SERVICE.matcher(host).matches()) {
            return true;
        }
        return functions != null
                && host.equals(functions.getHost())
                && address.getPort() == functions.getPort()
                && address.getScheme().equals(functions.getScheme())
                && isBelow(address.normalize().getPath(), functions.getPath());
    }

    private static boolean isBelow(String path, String base) {
        String folder = base.endsWith("/") ? base : base + "/";
        return path.startsWith(folder) || folder.equals("/");
    }

    private static HttpRequest request(URI address, Wanted wanted) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(
                        wanted.method(),
                        wanted.body().remaining() == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(
                                        wanted.body().array()));
        for (int at = 0; at + 1 < wanted.headers().size(); at += 2) {
            String name = wanted.headers().get(at);
            if (!NOT_SENT.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                request.header(name, wanted.headers().get(at + 1));
            }
        }
        if (wanted.timeoutMillis() > 0) {
            request.timeout(Duration.ofMillis(wanted.timeoutMillis()));
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
}
