package io.nucleon.support.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is sent. Heads go out one byte a character, so that a header can hold what is no UTF-8; bodies written as text are UTF-8.
 *
 * @param head up to and with the empty line
 * @param body what is sent as body, before chunking
 * @param chunked whether it is sent in two chunks
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record Request(String method, String head, byte[] body, boolean chunked) {

    /** What stands in a file; {@code place} is for messages. */
    public static Request of(String place, Object node) {
        return read(new Fields(place + ", request", node));
    }

    private static Request read(Fields fields) {
        boolean hasBody = fields.has("body") || fields.has("base64") || fields.has("size");
        byte[] body = body(fields);
        String method = fields.text("method", hasBody ? "POST" : "GET");
        boolean chunked = fields.flag("chunked");
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(fields.text("path", "/")).append(" HTTP/1.1\r\nHost: here\r\n");
        if (chunked) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (hasBody) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        fields.map("headers").forEach((name, value) -> header(head, name, value));
        fields.done();
        return new Request(method, head.append("\r\n").toString(), body, chunked);
    }

    private static void header(StringBuilder head, String name, Object value) {
        for (Object one : value instanceof List<?> list ? list : List.of(value)) {
            Object sent = one instanceof Map<?, ?> map ? "x".repeat((Integer) map.get("size")) : one;
            head.append(name).append(": ").append(sent).append("\r\n");
        }
    }

    private static byte[] body(Fields fields) {
        if (fields.has("size")) {
            return pattern(fields.number("size", 0));
        }
        if (fields.has("base64")) {
            return Base64.getDecoder().decode(fields.text("base64", ""));
        }
        return fields.text("body", "").getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes of all values whose period is no power of two, so that a part put in a wrong place shows. */
    static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i % 251 + i / 65_536);
        }
        return bytes;
    }

    /** Whether no body may follow the answer's head. */
    public boolean isHead() {
        return method.equals("HEAD");
    }

    /** All of it as it goes over the wire. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        if (chunked) {
            int half = (body.length + 1) / 2;
            chunk(out, 0, half);
            chunk(out, half, body.length - half);
            out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        } else {
            out.writeBytes(body);
        }
        return out.toByteArray();
    }

    private void chunk(ByteArrayOutputStream out, int start, int length) {
        if (length > 0) {
            out.writeBytes(String.format(Locale.ROOT, "%x\r\n", length).getBytes(StandardCharsets.ISO_8859_1));
            out.write(body, start, length);
            out.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** For messages. */
    public String line() {
        return head.substring(0, head.indexOf("\r\n"));
    }
}
