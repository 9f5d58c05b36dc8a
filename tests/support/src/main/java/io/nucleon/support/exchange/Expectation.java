package io.nucleon.support.exchange;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nucleon.support.RawAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What an answer must be: the keys of {@code expect} that are there, each of which must hold. Immutable. */
public final class Expectation {

    private static final String LOGS = "X-Nuclio-Logs";
    private static final Set<String> KEYS = Set.of(
            "status",
            "headers",
            "spelling",
            "body",
            "base64",
            "json",
            "has",
            "matches",
            "size",
            "echo",
            "logs",
            "same",
            "cut",
            "closed");

    private static final int SHOWN_CHARS = 800;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Map<String, Object> wanted;

    private Expectation(Map<String, Object> wanted) {
        this.wanted = wanted;
    }

    /** What stands in a file; {@code place} is for messages. */
    public static Expectation read(String place, Object node) {
        Fields fields = new Fields(place, node);
        Map<String, Object> wanted = new LinkedHashMap<>();
        KEYS.stream().filter(fields::has).sorted().forEach(key -> wanted.put(key, fields.take(key)));
        fields.done();
        if (wanted.isEmpty()) {
            throw fields.wrong("expects nothing");
        }
        return new Expectation(wanted);
    }

    /** Whether the connection must have been closed after the answer. */
    public boolean closed() {
        return Boolean.TRUE.equals(wanted.get("closed"));
    }

    /** Whether the answer's body must be broken off. */
    public boolean cut() {
        return Boolean.TRUE.equals(wanted.get("cut"));
    }

    /** The number of the case's answer, from 1, whose body this one's must be; 0 for none. */
    public int same() {
        return wanted.get("same") instanceof Integer number ? number : 0;
    }

    /** How the answer differs from what is expected; empty if it does not. */
    public List<String> problems(Request request, RawAnswer answer) {
        List<String> problems = new ArrayList<>();
        wanted.forEach((key, value) -> check(key, value, request, answer).ifPresent(problems::add));
        return problems;
    }

    private static Optional<String> check(String key, Object value, Request request, RawAnswer answer) {
        return switch (key) {
            case "status" -> same("status", value, answer.status());
            case "body" -> same("body", value, answer.text());
            case "size" -> same("body's size", value, answer.body().length);
            case "base64" -> bytes(Base64.getDecoder().decode((String) value), answer.body());
            case "echo" -> bytes(request.body(), answer.body());
            case "json" -> json("body", answer.text(), value, false);
            case "has" -> json("body", answer.text(), value, true);
            case "matches" -> matches((String) value, answer.text());
            case "logs" -> logs(value, answer);
            case "spelling" -> spelling((List<?>) value, answer);
            case "headers" -> headers((Map<?, ?>) value, answer);
            default -> Optional.empty();
        };
    }

    private static Optional<String> same(String what, Object wanted, Object seen) {
        return Likeness.isLike(wanted, seen, false)
                ? Optional.empty()
                : Optional.of(what + " is " + shown(seen) + ", not " + shown(wanted));
    }

    private static Optional<String> bytes(byte[] wanted, byte[] seen) {
        int at = Arrays.mismatch(wanted, seen);
        return at < 0
                ? Optional.empty()
                : Optional.of("body of " + seen.length + " bytes differs at " + at + " from the " + wanted.length
                        + " expected: " + shown(new String(seen, StandardCharsets.UTF_8)));
    }

    private static Optional<String> json(String what, String text, Object wanted, boolean loose) {
        try {
            Object seen = JSON.readValue(text, Object.class);
            return Likeness.isLike(wanted, seen, loose)
                    ? Optional.empty()
                    : Optional.of(what + " is " + shown(text) + ", not like " + shown(wanted));
        } catch (JacksonException e) {
            return Optional.of(what + " is no JSON: " + shown(text));
        }
    }

    private static Optional<String> matches(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).find()
                ? Optional.empty()
                : Optional.of("body is " + shown(text) + ", in which nothing matches " + pattern);
    }

    private static Optional<String> logs(Object wanted, RawAnswer answer) {
        String logs = answer.header(LOGS);
        return logs == null ? Optional.of("there is no " + LOGS) : json(LOGS, logs, wanted, true);
    }

    private static Optional<String> spelling(List<?> names, RawAnswer answer) {
        return answer.headerNames().containsAll(names)
                ? Optional.empty()
                : Optional.of("headers are " + answer.headerNames() + ", without all of " + names);
    }

    private static Optional<String> headers(Map<?, ?> wanted, RawAnswer answer) {
        List<String> problems = new ArrayList<>();
        Consumer<Map.Entry<?, ?>> check = entry -> {
            List<String> seen = answer.headers(String.valueOf(entry.getKey()));
            Object value = entry.getValue();
            List<?> values = value == null ? List.of() : value instanceof List<?> list ? list : List.of(value);
            if (!Likeness.isLike(values, seen, false)) {
                problems.add("header " + entry.getKey() + " is " + seen + ", not " + values);
            }
        };
        wanted.entrySet().forEach(check);
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        String cut = text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "… (" + text.length() + ")" : text;
        return "'" + cut + "'";
    }
}
