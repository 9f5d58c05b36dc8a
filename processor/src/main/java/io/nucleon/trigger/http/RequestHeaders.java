package io.nucleon.trigger.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The headers of one request in the order in which they came, names canonical. Filled by the decoder, then only read; any thread may read.
 *
 * <p>Two arrays instead of Netty's hash table: a request has about six headers, each is written to the worker once and few are looked up.
 * Those that the trigger or the decoder asks for are noted while they are added, so that asking costs a field. Values hold one character
 * for each byte received (Latin-1), which keeps bytes that are not UTF-8.
 *
 * <p>Every value is checked here, since a NUL would end it early in the worker's block and a CR in somebody's answer.
 */
@SuppressWarnings("ReferenceEquality") // shared names are told apart by reference, see HeaderNames
final class RequestHeaders extends HttpHeaders {

    /** As many as a browser sends; grown when there are more. */
    private static final int USUAL = 8;

    private AsciiString[] names = new AsciiString[USUAL];
    private String[] values = new String[USUAL];
    private int size;
    private int bytes;
    private int cookies;
    private int hosts;
    private boolean special;

    private String contentType = "";
    private String contentLength;
    private String transferEncoding;
    private String connection;
    private String expect;
    private String origin;

    /** Adds one as received; what its name means to the trigger is noted. */
    void append(AsciiString name, String value) {
        check(value);
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        names[size] = name;
        values[size++] = value;
        bytes += name.length() + value.length() + 2;
        note(name, value);
    }

    private static void check(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw new IllegalArgumentException("a header's value holds a control character");
            }
        }
    }

    private void note(AsciiString name, String value) {
        if (name == HeaderNames.HOST) {
            hosts++;
        } else if (name == HeaderNames.CONTENT_TYPE) {
            contentType = value;
        } else if (name == HeaderNames.CONTENT_LENGTH) {
            if (contentLength != null) {
                throw new IllegalArgumentException("there are two Content-Length headers");
            }
            contentLength = value;
        } else if (name == HeaderNames.CONNECTION) {
            connection = connection == null ? value : connection + "," + value;
        } else if (name == HeaderNames.TRANSFER_ENCODING) {
            transferEncoding = transferEncoding == null ? value : transferEncoding + "," + value;
        } else if (name == HeaderNames.COOKIE) {
            cookies++;
        } else if (name == HeaderNames.EXPECT) {
            expect = value;
        } else if (name == HeaderNames.ORIGIN) {
            origin = value;
        } else if (name == HeaderNames.LOG_LEVEL
                || name == HeaderNames.CE_VERSION_0
                || name == HeaderNames.CE_VERSION_1
                || name == HeaderNames.ASYNC
                || name == HeaderNames.FILE_STREAM_PATH) {
            special = true;
        }
    }

    /** What name, value and two separators of every header take together. */
    int bytes() {
        return bytes;
    }

    AsciiString nameAt(int index) {
        return names[index];
    }

    String valueAt(int index) {
        return values[index];
    }

    int hosts() {
        return hosts;
    }

    /** How many {@code Cookie} headers there are; more than one are shown to handlers as one. */
    int cookies() {
        return cookies;
    }

    /** Whether a header is there that asks the trigger for something beyond the call: logs, a cloud event. */
    boolean isSpecial() {
        return special;
    }

    String contentType() {
        return contentType;
    }

    /** As received, null if absent. */
    String contentLength() {
        return contentLength;
    }

    /** All of them, comma between, null if absent. */
    String connection() {
        return connection;
    }

    String transferEncoding() {
        return transferEncoding;
    }

    String expect() {
        return expect;
    }

    String origin() {
        return origin;
    }

    /** The last value of that name, case ignored; null if absent. */
    String last(CharSequence name) {
        for (int i = size - 1; i >= 0; i--) {
            if (names[i] == name || names[i].contentEqualsIgnoreCase(name)) {
                return values[i];
            }
        }
        return null;
    }

    /** All cookies as one value. */
    String joinedCookies() {
        return String.join("; ", getAll((CharSequence) HeaderNames.COOKIE));
    }

    // What follows is Netty's interface: the decoder uses a part of it, all of it answers truthfully, and nothing can
    // be changed.

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        append((AsciiString) name, (String) value);
        return this;
    }

    @Override
    public HttpHeaders add(String name, Object value) {
        append(HeaderNames.canonical(name), value.toString());
        return this;
    }

    @Override
    public HttpHeaders add(String name, Iterable<?> several) {
        for (Object value : several) {
            add(name, value);
        }
        return this;
    }

    @Override
    public HttpHeaders addInt(CharSequence name, int value) {
        return add(name.toString(), Integer.toString(value));
    }

    @Override
    public HttpHeaders addShort(CharSequence name, short value) {
        return addInt(name, value);
    }

    @Override
    public List<String> getAll(CharSequence name) {
        if (name == HttpHeaderNames.CONTENT_LENGTH) {
            return contentLength == null ? List.of() : List.of(contentLength);
        }
        List<String> all = new ArrayList<>(2);
        for (int i = 0; i < size; i++) {
            if (names[i] == name || names[i].contentEqualsIgnoreCase(name)) {
                all.add(values[i]);
            }
        }
        return all;
    }

    @Override
    public List<String> getAll(String name) {
        return getAll((CharSequence) name);
    }

    @Override
    public boolean contains(CharSequence name) {
        return name == HttpHeaderNames.TRANSFER_ENCODING ? transferEncoding != null : last(name) != null;
    }

    @Override
    public boolean contains(String name) {
        return last(name) != null;
    }

    @Override
    public boolean containsValue(CharSequence name, CharSequence value, boolean ignoreCase) {
        if (name == HttpHeaderNames.TRANSFER_ENCODING && transferEncoding == null) {
            return false;
        }
        return super.containsValue(name, value, ignoreCase);
    }

    @Override
    public String get(CharSequence name) {
        return last(name);
    }

    @Override
    public String get(String name) {
        return last(name);
    }

    @Override
    public Integer getInt(CharSequence name) {
        return last(name) == null ? null : Integer.valueOf(last(name));
    }

    @Override
    public int getInt(CharSequence name, int missing) {
        return last(name) == null ? missing : Integer.parseInt(last(name));
    }

    @Override
    public Short getShort(CharSequence name) {
        return last(name) == null ? null : Short.valueOf(last(name));
    }

    @Override
    public short getShort(CharSequence name, short missing) {
        return last(name) == null ? missing : Short.parseShort(last(name));
    }

    @Override
    public Long getTimeMillis(CharSequence name) {
        String value = last(name);
        try {
            return value == null
                    ? null
                    : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value))
                            .toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public long getTimeMillis(CharSequence name, long missing) {
        Long millis = getTimeMillis(name);
        return millis == null ? missing : millis;
    }

    @Override
    public List<Map.Entry<String, String>> entries() {
        List<Map.Entry<String, String>> entries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            entries.add(Map.entry(names[i].toString(), values[i]));
        }
        return entries;
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // deprecated by Netty, in favour of iteratorCharSequence
    public Iterator<Map.Entry<String, String>> iterator() {
        return entries().iterator();
    }

    @Override
    public Iterator<Map.Entry<CharSequence, CharSequence>> iteratorCharSequence() {
        Collection<Map.Entry<CharSequence, CharSequence>> entries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            entries.add(Map.entry(names[i], values[i]));
        }
        return entries.iterator();
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Set<String> names() {
        Set<String> all = new LinkedHashSet<>();
        for (int i = 0; i < size; i++) {
            all.add(names[i].toString());
        }
        return all;
    }

    @Override
    public HttpHeaders set(String name, Object value) {
        throw readOnly();
    }

    @Override
    public HttpHeaders set(String name, Iterable<?> several) {
        throw readOnly();
    }

    @Override
    public HttpHeaders setInt(CharSequence name, int value) {
        throw readOnly();
    }

    @Override
    public HttpHeaders setShort(CharSequence name, short value) {
        throw readOnly();
    }

    @Override
    public HttpHeaders remove(String name) {
        throw readOnly();
    }

    @Override
    public HttpHeaders clear() {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("headers of a request are only read");
    }
}
