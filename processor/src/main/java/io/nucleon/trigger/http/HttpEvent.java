package io.nucleon.trigger.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.nucleon.invoke.Event;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * The request half of an exchange: what the decoder read, as the event that a handler gets. Filled on the request's loop until it is given
 * to the invoker, unchanged from then on; its body is lent until the exchange ends.
 *
 * <p>It is Netty's message as well, so that a request costs one object. Target and header values are Latin-1 text, one character for each
 * byte received; they become UTF-8 only in the accessors.
 */
@SuppressWarnings("ReferenceEquality") // shared names are told apart by reference, see HeaderNames
abstract class HttpEvent implements Event, HttpMessage {

    /** {@code Content-Length}, its separators and ten digits, for requests whose length is ours to say. */
    private static final int LENGTH_HEADER_BOUND = 32;

    private static final byte[] CONTENT_LENGTH = "Content-Length\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] COOKIE = "Cookie\0".getBytes(StandardCharsets.ISO_8859_1);

    final HttpLoop loop;
    private final HttpVersion version;
    private final String method;
    private final String target;
    private final int pathStart;
    private final int pathEnd;
    private final int queryEnd;
    private final boolean plainPath;
    private final RequestHeaders headers = new RequestHeaders();
    private DecoderResult result = DecoderResult.SUCCESS;
    private RequestBody body;
    private byte[] normalPath;
    private long readNanos;

    /**
     * A request whose head is being read.
     *
     * @param skipped characters of the path that the function does not see
     * @throws IllegalArgumentException if the target holds a character that no target may have
     */
    HttpEvent(HttpLoop loop, HttpVersion version, String method, String target, int skipped) {
        this.loop = loop;
        this.version = version;
        this.method = method;
        this.target = target;
        this.pathStart = authorityEnd(target) + skipped;
        boolean plain = pathStart < target.length() && target.charAt(pathStart) == '/';
        int i = pathStart;
        char before = 0;
        for (; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '?' || c == '#') {
                break;
            }
            if (c == '%' || (before == '/' && (c == '/' || c == '.'))) {
                plain = false;
            }
            before = check(c);
        }
        pathEnd = i;
        plainPath = plain;
        queryEnd = i == target.length() ? i : fragmentStart(target, i);
    }

    private static char check(char c) {
        if (c <= ' ' || c == 0x7f) {
            throw new IllegalArgumentException("the request target holds a blank or a control character");
        }
        return c;
    }

    /** Where the query ends; the fragment behind it, which no client should send, is dropped. */
    private static int fragmentStart(String target, int from) {
        int end = target.length();
        for (int i = from; i < target.length(); i++) {
            if (check(target.charAt(i)) == '#' && end == target.length()) {
                end = i;
            }
        }
        return end;
    }

    /** Where the path starts: behind scheme and authority if a client gives the absolute form, as to a proxy. */
    static int authorityEnd(String target) {
        if (target.isEmpty() || target.charAt(0) == '/') {
            return 0;
        }
        int scheme = target.indexOf("://");
        if (scheme < 0 || scheme > "https".length()) {
            return 0;
        }
        for (int i = scheme + 3; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return i;
            }
        }
        return target.length();
    }

    final RequestHeaders requestHeaders() {
        return headers;
    }

    /** When the bytes that ended the request were read, nanoTime. */
    final void readAt(long nanos) {
        readNanos = nanos;
    }

    final void addToBody(ByteBuf part) {
        if (body == null) {
            if (!part.isReadable()) {
                part.release();
                return;
            }
            body = new RequestBody();
        }
        body.add(part, loop.allocator());
    }

    /** Gives the body's buffers back; afterwards it reads as zeros. */
    final void releaseBody() {
        if (body != null) {
            body.release();
        }
    }

    /** Whether the path, as the handler would see it, begins with that text. */
    final boolean pathStartsWith(String prefix) {
        if (plainPath) {
            return pathEnd - pathStart >= prefix.length() && target.startsWith(prefix, pathStart);
        }
        return path().startsWith(prefix);
    }

    /** What of the path the function does not see: the name below which it stands, empty at an address of its own. */
    final String skippedPath() {
        return target.substring(authorityEnd(target), pathStart);
    }

    final boolean isHead() {
        return method.equals("HEAD");
    }

    final boolean isHttp10() {
        return version == HttpVersion.HTTP_1_0;
    }

    // The event, written for a worker.

    @Override
    public final long timeNanos() {
        return loop.clock().wallNanosAt(readNanos);
    }

    @Override
    public final String method() {
        return method;
    }

    @Override
    public final int headBound() {
        return target.length() + headers.contentType().length() + headers.bytes() + LENGTH_HEADER_BOUND;
    }

    @Override
    public final void putPath(ByteBuffer out) {
        if (!plainPath) {
            out.put(normalPath());
            if (queryEnd > pathEnd + 1) {
                out.put((byte) 0);
                putLatin(target, pathEnd + 1, queryEnd, out);
            }
            return;
        }
        int end = queryEnd > pathEnd + 1 ? queryEnd : pathEnd;
        int at = out.position();
        putLatin(target, pathStart, end, out);
        if (end > pathEnd) {
            out.put(at + pathEnd - pathStart, (byte) 0);
        }
    }

    @Override
    public final void putContentType(ByteBuffer out) {
        putLatin(headers.contentType(), 0, headers.contentType().length(), out);
    }

    @Override
    public final void putHeaders(ByteBuffer out) {
        byte[] block = loop.scratch(headers.bytes() + LENGTH_HEADER_BOUND);
        int length = writeHeaders(block);
        out.put(block, 0, length);
    }

    @SuppressWarnings(
            "deprecation") // the method that takes the low bytes only is the one that copies Latin-1 without a detour
    private int writeHeaders(byte[] block) {
        int at = 0;
        for (int i = 0; i < headers.size(); i++) {
            AsciiString name = headers.nameAt(i);
            if (name == HeaderNames.TRANSFER_ENCODING || (name == HeaderNames.COOKIE && headers.cookies() > 1)) {
                continue;
            }
            String value = headers.valueAt(i);
            int length = name.length();
            System.arraycopy(name.array(), name.arrayOffset(), block, at, length);
            at += length;
            block[at++] = 0;
            length = value.length();
            value.getBytes(0, length, block, at);
            at += length;
            block[at++] = 0;
        }
        if (headers.cookies() > 1) {
            at = writePair(block, at, COOKIE, headers.joinedCookies());
        }
        if (saysLength()) {
            at = writePair(block, at, CONTENT_LENGTH, Integer.toString(bodyLength()));
        }
        return Math.max(0, at - 1);
    }

    @SuppressWarnings("deprecation")
    private static int writePair(byte[] block, int start, byte[] name, String value) {
        System.arraycopy(name, 0, block, start, name.length);
        int at = start + name.length;
        value.getBytes(0, value.length(), block, at);
        at += value.length();
        block[at] = 0;
        return at + 1;
    }

    /** As in nuclio a handler sees a length even if the client sent none: 0, or what the chunks came to. */
    private boolean saysLength() {
        return headers.contentLength() == null && (body != null || !(method.equals("GET") || isHead()));
    }

    /** Appends a part of a Latin-1 text as the bytes it stands for. */
    @SuppressWarnings("deprecation")
    private void putLatin(String text, int start, int end, ByteBuffer out) {
        byte[] bytes = loop.scratch(end - start);
        text.getBytes(start, end, bytes, 0);
        out.put(bytes, 0, end - start);
    }

    @Override
    public final int bodyLength() {
        return body == null ? 0 : body.length();
    }

    @Override
    public final void putBody(ByteBuffer out, int from, int length) {
        if (body == null) {
            return;
        }
        if (loop.isCurrent()) {
            body.put(out, from, length);
        } else {
            body.putElsewhere(out, from, length);
        }
    }

    // The event, read by a handler in the process.

    @Override
    public final String path() {
        return plainPath
                ? utf8(target.substring(pathStart, pathEnd))
                : new String(normalPath(), StandardCharsets.UTF_8);
    }

    private byte[] normalPath() {
        byte[] path = normalPath;
        if (path == null) {
            path = RequestPath.normalise(target, pathStart, pathEnd);
            normalPath = path;
        }
        return path;
    }

    @Override
    public final String query() {
        return queryEnd > pathEnd ? utf8(target.substring(pathEnd + 1, queryEnd)) : "";
    }

    @Override
    public final String contentType() {
        return utf8(headers.contentType());
    }

    @Override
    public final String header(String name) {
        if (HeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name) && saysLength()) {
            return Integer.toString(bodyLength());
        }
        if (HeaderNames.COOKIE.contentEqualsIgnoreCase(name) && headers.cookies() > 1) {
            return utf8(headers.joinedCookies());
        }
        String value = headers.last(name);
        return value == null || HeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name) ? null : utf8(value);
    }

    @Override
    public final void forEachHeader(BiConsumer<String, String> consumer) {
        for (int i = 0; i < headers.size(); i++) {
            AsciiString name = headers.nameAt(i);
            if (name != HeaderNames.TRANSFER_ENCODING && (name != HeaderNames.COOKIE || headers.cookies() == 1)) {
                consumer.accept(name.toString(), utf8(headers.valueAt(i)));
            }
        }
        if (headers.cookies() > 1) {
            consumer.accept("Cookie", utf8(headers.joinedCookies()));
        }
        if (saysLength()) {
            consumer.accept("Content-Length", Integer.toString(bodyLength()));
        }
    }

    @Override
    public final ByteBuffer body() {
        if (body == null) {
            return ByteBuffer.allocate(0);
        }
        return loop.isCurrent() ? body.view() : ByteBuffer.wrap(body.copy()).asReadOnlyBuffer();
    }

    /** Bytes kept as Latin-1, read as UTF-8. */
    private static String utf8(String latin) {
        for (int i = 0; i < latin.length(); i++) {
            if (latin.charAt(i) >= 0x80) {
                return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
        }
        return latin;
    }

    // Netty's message.

    @Override
    public final HttpHeaders headers() {
        return headers;
    }

    @Override
    public final HttpVersion protocolVersion() {
        return version;
    }

    @Override
    @Deprecated
    public final HttpVersion getProtocolVersion() {
        return version;
    }

    @Override
    public final HttpMessage setProtocolVersion(HttpVersion other) {
        throw new UnsupportedOperationException("a request keeps its version");
    }

    @Override
    public final DecoderResult decoderResult() {
        return result;
    }

    @Override
    @Deprecated
    public final DecoderResult getDecoderResult() {
        return result;
    }

    @Override
    public final void setDecoderResult(DecoderResult read) {
        result = read;
    }
}
