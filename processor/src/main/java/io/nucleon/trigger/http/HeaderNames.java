package io.nucleon.trigger.http;

import io.netty.util.AsciiString;

/**
 * Header names in their canonical form ({@code Content-Type}): a letter behind the start or a hyphen is upper case, every other one lower
 * case. Names that are seen often are shared, so that a request costs no object for them and one reference comparison tells which it is.
 */
final class HeaderNames {

    private static final int TABLE_MASK = 1023;
    private static final AsciiString[] TABLE = new AsciiString[TABLE_MASK + 1];
    /** Token characters as they appear at the start of a word and inside it; 0 for what a name may not hold. */
    private static final byte[] UPPER = new byte[256];

    private static final byte[] LOWER = new byte[256];

    static {
        for (int c = '!'; c < 0x7f; c++) {
            if ("\"(),/:;<=>?@[\\]{}".indexOf(c) < 0) {
                UPPER[c] = (byte) Character.toUpperCase(c);
                LOWER[c] = (byte) Character.toLowerCase(c);
            }
        }
    }

    // The trigger looks at these itself; RequestHeaders compares them by reference.
    static final AsciiString HOST = share("Host");
    static final AsciiString CONTENT_TYPE = share("Content-Type");
    static final AsciiString CONTENT_LENGTH = share("Content-Length");
    static final AsciiString TRANSFER_ENCODING = share("Transfer-Encoding");
    static final AsciiString CONNECTION = share("Connection");
    static final AsciiString EXPECT = share("Expect");
    static final AsciiString COOKIE = share("Cookie");
    static final AsciiString ORIGIN = share("Origin");
    static final AsciiString LOG_LEVEL = share("X-Nuclio-Log-Level");
    static final AsciiString FILE_STREAM_PATH = share("X-Nuclio-Filestream-Path");
    static final AsciiString FILE_STREAM_DELETE = share("X-Nuclio-Filestream-Delete-After-Send");
    static final AsciiString ALLOW_REQUEST_METHOD = share("Access-Control-Request-Method");
    static final AsciiString ALLOW_REQUEST_HEADERS = share("Access-Control-Request-Headers");
    static final AsciiString CE_VERSION_0 = share("Ce-Cloudeventsversion");
    static final AsciiString CE_VERSION_1 = share("Ce-Specversion");
    static final AsciiString SERVER = share("Server");
    static final AsciiString DATE = share("Date");
    static final AsciiString KEEP_ALIVE = share("Keep-Alive");
    static final AsciiString PROXY_CONNECTION = share("Proxy-Connection");
    static final AsciiString TRAILER = share("Trailer");
    static final AsciiString UPGRADE = share("Upgrade");
    static final AsciiString TE = share("Te");
    static final AsciiString EVENT = share("X-Nucleon-Event");
    static final AsciiString ASYNC = share("X-Nucleon-Async");
    static final AsciiString WORKER = share("X-Nucleon-Worker");
    static final AsciiString ERROR = share("X-Nucleon-Error");

    static {
        for (String name : new String[] {
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "Authorization",
            "Cache-Control",
            "Pragma",
            "Referer",
            "User-Agent",
            "If-None-Match",
            "If-Modified-Since",
            "Range",
            "Content-Encoding",
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Real-Ip",
            "X-Request-Id",
            "X-Nuclio-Arguments",
            "X-Nuclio-Target",
            "X-Nuclio-Logs",
            "Traceparent",
            "Tracestate",
            "Location",
            "Set-Cookie",
            "Etag",
            "Vary",
            "Server-Timing",
            "Sec-Fetch-Mode",
            "Sec-Fetch-Dest",
            "Ce-Id",
            "Ce-Type",
            "Ce-Source",
            "Ce-Time",
        }) {
            share(name);
        }
    }

    private HeaderNames() {}

    /**
     * The canonical form of the name in {@code bytes}.
     *
     * @throws IllegalArgumentException if it is empty or holds a character that no header name may have
     */
    static AsciiString canonical(byte[] bytes, int start, int length) {
        AsciiString shared = length == 0 ? null : TABLE[slot(bytes, start, length)];
        if (shared != null && isSame(shared.array(), bytes, start, length)) {
            return shared;
        }
        return spell(bytes, start, length);
    }

    /** Same for a name of our own; never on the event path. */
    static AsciiString canonical(String name) {
        AsciiString bytes = new AsciiString(name);
        return canonical(bytes.array(), bytes.arrayOffset(), bytes.length());
    }

    private static AsciiString share(String name) {
        AsciiString shared = canonical(name);
        byte[] bytes = shared.array();
        int slot = slot(bytes, 0, bytes.length);
        if (TABLE[slot] != null && !TABLE[slot].equals(shared)) {
            throw new IllegalStateException(name + " and " + TABLE[slot] + " share a slot");
        }
        TABLE[slot] = shared;
        return shared;
    }

    /** Length, first, middle and last character; the factors were searched for: every shared name has a slot of its own. */
    private static int slot(byte[] bytes, int start, int length) {
        int first = bytes[start] | 0x20;
        int middle = bytes[start + ((length * 5) >> 3)] | 0x20;
        int last = bytes[start + length - 1] | 0x20;
        return (length * 69 + first * 293 + middle * 435 + last * 411) & TABLE_MASK;
    }

    private static boolean isSame(byte[] canonical, byte[] bytes, int start, int length) {
        if (canonical.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            byte wanted = canonical[i];
            byte seen = bytes[start + i];
            if (wanted != seen && LOWER[wanted] != LOWER[seen & 0xff]) {
                return false;
            }
        }
        return true;
    }

    private static AsciiString spell(byte[] bytes, int start, int length) {
        if (length == 0) {
            throw new IllegalArgumentException("a header has no name");
        }
        byte[] spelled = new byte[length];
        byte[] form = UPPER;
        for (int i = 0; i < length; i++) {
            byte c = form[bytes[start + i] & 0xff];
            if (c == 0) {
                throw new IllegalArgumentException("a header's name holds a character that is not allowed there");
            }
            spelled[i] = c;
            form = c == '-' ? UPPER : LOWER;
        }
        return new AsciiString(spelled, false);
    }
}
