package io.nucleon.app;

import io.nucleon.invoke.Event;
import io.nucleon.wrapper.handler.HttpPlatform;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An event with {@code /NAME} before its path, as the request that function NAME is to get. Holds copies only. Immutable.
 *
 * @param function NAME
 * @param target path and query behind it, encoded
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record ForwardedRequest(String function, String method, String target, Map<String, String> headers, byte[] body) {

    private static final String PATH_CHARS = "/-._~!$&'()*+,;=:@";
    private static final String QUERY_CHARS = PATH_CHARS + "?%";

    static ForwardedRequest of(Event event) {
        String path = event.path();
        int end = path.indexOf('/', 1);
        String function = path.substring(Math.min(1, path.length()), end < 0 ? path.length() : end);
        String query = event.query();
        String target = encoded(end < 0 ? "/" : path.substring(end), PATH_CHARS)
                + (query.isEmpty() ? "" : "?" + encoded(query, QUERY_CHARS));
        Map<String, String> headers = new LinkedHashMap<>();
        event.forEachHeader((name, value) -> {
            if (!HttpPlatform.isOfConnection(name)) {
                headers.put(name, value);
            }
        });
        ByteBuffer body = event.body();
        byte[] copy = new byte[body.remaining()];
        body.get(copy);
        return new ForwardedRequest(function, event.method(), target, headers, copy);
    }

    /** Letters, digits and those characters stay; the rest becomes percent-encoded UTF-8. */
    private static String encoded(String text, String allowed) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || allowed.indexOf(c) >= 0);
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    /** The request to a function whose events are taken at that address. */
    HttpRequest to(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + target))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        return request.build();
    }
}
