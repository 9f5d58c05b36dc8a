package io.nucleon.wrapper.handler;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a raw query as nuclio's HTTP server does: the last value of a name wins, {@code +} is a space, a bad {@code %zz} stays as it is,
 * {@code ;} separates nothing.
 */
public final class QueryFields {

    private QueryFields() {}

    /** The query's parameters in their order; a new map. */
    public static Map<String, Object> of(String query) {
        Map<String, Object> fields = new LinkedHashMap<>();
        int from = 0;
        while (from < query.length()) {
            int end = query.indexOf('&', from);
            end = end < 0 ? query.length() : end;
            if (end > from) {
                add(fields, query.substring(from, end));
            }
            from = end + 1;
        }
        return fields;
    }

    private static void add(Map<String, Object> fields, String pair) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            fields.put(decode(pair), "");
        } else {
            fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] raw = text.getBytes(UTF_8);
        for (int i = 0; i < raw.length; i++) {
            int value = raw[i] == '%' && i + 2 < raw.length ? hex(raw[i + 1]) << 4 | hex(raw[i + 2]) : -1;
            if (value >= 0) {
                bytes.write(value);
                i += 2;
            } else {
                bytes.write(raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        return bytes.toString(UTF_8);
    }

    /** The digit's value; negative for none, also when shifted and joined with another. */
    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }
}
