package io.nucleon.host;

import java.math.BigDecimal;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one JSON document (RFC 8259, strictly) into maps, lists, strings, {@link BigDecimal}s, booleans and null. Small and without
 * start-up cost; not for large documents. Confined to one call.
 */
public final class JsonReader {
    /** As deep as a hostile document may nest; well below what the stack holds. */
    private static final int DEEPEST = 200;

    /** Longer numbers are no numbers of ours, and slow to convert. */
    private static final int LONGEST_NUMBER = 400;

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /** Whether the text is one JSON document. */
    public static boolean isJson(String text) {
        try {
            new JsonReader(text).document();
            return true;
        } catch (ParseException e) {
            return false;
        }
    }

    /** The document if it is an object, else empty. Of a name that comes twice the last value counts. */
    public static Optional<Map<String, Object>> object(String text) {
        try {
            return asObject(new JsonReader(text).document());
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** The document if it is an array, else empty. */
    public static Optional<List<Object>> array(String text) {
        try {
            return new JsonReader(text).document() instanceof List<?> list
                    ? Optional.of(new ArrayList<>(list))
                    : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** A value as an object, empty if it is none. */
    public static Optional<Map<String, Object>> asObject(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((name, member) -> object.put((String) name, member));
        return Optional.of(object);
    }

    /** The text member of that name, or empty. */
    public static String text(Map<String, Object> object, String name) {
        return object.get(name) instanceof String text ? text : "";
    }

    /** The whole number of that name, or 0 if there is none or it is out of range. */
    public static long number(Map<String, Object> object, String name) {
        if (object.get(name) instanceof BigDecimal number
                && number.precision() - number.scale() <= 18
                && number.scale() < 1000) {
            return number.longValue();
        }
        return 0;
    }

    private Object document() throws ParseException {
        Object value = value();
        skipSpace();
        check(at == text.length());
        return value;
    }

    private Object value() throws ParseException {
        skipSpace();
        check(at < text.length());
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object() throws ParseException {
        deeper();
        Map<String, Object> object = new LinkedHashMap<>();
        at++;
        if (!nextIs('}')) {
            do {
                skipSpace();
                check(at < text.length() && text.charAt(at) == '"');
                String name = string();
                check(nextIs(':'));
                object.put(name, value());
            } while (nextIs(','));
            check(nextIs('}'));
        }
        depth--;
        return object;
    }

    private List<Object> array() throws ParseException {
        deeper();
        List<Object> array = new ArrayList<>();
        at++;
        if (!nextIs(']')) {
            do {
                array.add(value());
            } while (nextIs(','));
            check(nextIs(']'));
        }
        depth--;
        return array;
    }

    private String string() throws ParseException {
        StringBuilder string = new StringBuilder();
        at++;
        while (true) {
            check(at < text.length());
            char c = text.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            check(c >= ' ');
            string.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() throws ParseException {
        check(at < text.length());
        return switch (text.charAt(at++)) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> fourHex();
            default -> throw notJson();
        };
    }

    private char fourHex() throws ParseException {
        check(at + 4 <= text.length());
        int unit = 0;
        for (int end = at + 4; at < end; at++) {
            int digit = Character.digit(text.charAt(at), 16);
            check(digit >= 0 && text.charAt(at) < 128);
            unit = unit << 4 | digit;
        }
        return (char) unit;
    }

    private BigDecimal number() throws ParseException {
        int start = at;
        accept('-');
        if (!accept('0')) {
            digits();
        }
        if (accept('.')) {
            digits();
        }
        if (accept('e') || accept('E')) {
            if (!accept('+')) {
                accept('-');
            }
            digits();
        }
        check(at - start <= LONGEST_NUMBER);
        try {
            return new BigDecimal(text.substring(start, at));
        } catch (NumberFormatException e) {
            // An exponent beyond what BigDecimal holds.
            throw notJson();
        }
    }

    private void digits() throws ParseException {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        check(at > start);
    }

    private Object word(String word, Object meaning) throws ParseException {
        check(text.startsWith(word, at));
        at += word.length();
        return meaning;
    }

    private boolean nextIs(char c) {
        skipSpace();
        return accept(c);
    }

    private boolean accept(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void deeper() throws ParseException {
        check(++depth <= DEEPEST);
    }

    private ParseException notJson() {
        return new ParseException("no JSON", at);
    }

    private void check(boolean holds) throws ParseException {
        if (!holds) {
            throw notJson();
        }
    }
}
