package io.nucleon.app;

import io.nucleon.invoke.ResponseView;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Another host's answer as if a handler here had given it. Confined to one thread. */
record ForwardedAnswer(int status, ByteBuffer contentType, ByteBuffer headers, ByteBuffer body)
        implements ResponseView {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0).asReadOnlyBuffer();

    static ForwardedAnswer of(HttpResponse<byte[]> answer) {
        StringBuilder pairs = new StringBuilder();
        answer.headers().map().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("content-type") && !name.equalsIgnoreCase("server-timing")) {
                values.forEach(value -> pairs.append(pairs.isEmpty() ? "" : "\0")
                        .append(name)
                        .append('\0')
                        .append(value));
            }
        });
        String type = answer.headers().firstValue("Content-Type").orElse("");
        return new ForwardedAnswer(
                answer.statusCode(), latin(type), latin(pairs.toString()), ByteBuffer.wrap(answer.body()));
    }

    /** As the client reads them: a character a byte. */
    private static ByteBuffer latin(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public boolean failed() {
        return false;
    }

    @Override
    public boolean more() {
        return false;
    }

    @Override
    public boolean noAck() {
        return false;
    }

    @Override
    public long handlerNanos() {
        return 0;
    }

    @Override
    public ByteBuffer extra() {
        return NONE;
    }
}
