package io.nucleon.trigger.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;

/** Headers and the first or only part of a body on their way to a stream. Owns the body. */
final class Http2Answer extends DefaultByteBufHolder {

    /** {@code HTTP/1.1 } stands before the status. */
    private static final int STATUS_AT = 9;

    private static final int STATUS_LENGTH = 3;

    final Http2Headers headers;
    /** Whether nothing follows. */
    final boolean end;

    Http2Answer(ResponseHead head, ByteBuf body, boolean end) {
        super(body);
        this.headers = headersOf(head.bytes(), head.length());
        this.end = end;
    }

    /** A head in the form of HTTP/1 that we wrote ourselves, so every line is well formed. */
    private static Http2Headers headersOf(byte[] head, int length) {
        Http2Headers headers = new DefaultHttp2Headers(false);
        headers.status(new AsciiString(head, STATUS_AT, STATUS_LENGTH, true));
        int at = lineEnd(head, 0);
        while (at < length - 2) {
            int end = lineEnd(head, at);
            int colon = at;
            while (head[colon] != ':') {
                colon++;
            }
            AsciiString name = new AsciiString(head, at, colon - at, true).toLowerCase();
            headers.add(name, new AsciiString(head, colon + 2, end - 2 - (colon + 2), true));
            at = end;
        }
        return headers;
    }

    /** Where the line behind this one begins. */
    private static int lineEnd(byte[] head, int from) {
        int at = from;
        while (head[at] != '\n') {
            at++;
        }
        return at + 1;
    }
}
