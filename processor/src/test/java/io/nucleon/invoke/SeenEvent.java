package io.nucleon.invoke;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** An event as a worker would read it: copied out of what the put methods wrote, so that it outlives the event. */
@SuppressWarnings("ArrayRecordComponent") // a copy that nobody changes
public record SeenEvent(
        String method,
        String path,
        String query,
        String contentType,
        String id,
        Map<String, String> extra,
        Map<String, String> headers,
        byte[] body,
        long timeNanos) {

    /** Reads the event through its put methods and checks that they keep to the bound. */
    public static SeenEvent of(Event event) {
        ByteBuffer head = ByteBuffer.allocateDirect(Math.max(event.headBound(), 1));
        event.putPath(head);
        String[] target = text(head.flip()).split("\0", -1);
        head.clear();
        event.putContentType(head);
        String contentType = text(head.flip());
        head.clear();
        event.putId(head);
        String id = text(head.flip());
        head.clear();
        event.putExtra(head);
        Map<String, String> extra = pairs(head.flip());
        head.clear();
        event.putHeaders(head);
        Map<String, String> headers = pairs(head.flip());
        return new SeenEvent(
                event.method(),
                target[0],
                target.length > 1 ? target[1] : "",
                contentType,
                id,
                extra,
                headers,
                bodyOf(event),
                event.timeNanos());
    }

    /** In two pieces, as a body that goes in chunks is read. */
    private static byte[] bodyOf(Event event) {
        ByteBuffer body = ByteBuffer.allocateDirect(event.bodyLength());
        int half = event.bodyLength() / 2;
        event.putBody(body, 0, half);
        event.putBody(body, half, event.bodyLength() - half);
        byte[] bytes = new byte[event.bodyLength()];
        body.flip().get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private static Map<String, String> pairs(ByteBuffer block) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (block.hasRemaining()) {
            String[] parts = text(block).split("\0", -1);
            for (int i = 0; i < parts.length; i += 2) {
                pairs.put(parts[i], parts[i + 1]);
            }
        }
        return pairs;
    }

    /** The body as UTF-8 text. */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeenEvent that
                && method.equals(that.method)
                && path.equals(that.path)
                && query.equals(that.query)
                && headers.equals(that.headers)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }
}
