package io.nucleon.kit;

import io.nucleon.host.JsonReader;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the checker function does for a path, as the rules use it. Stateless. */
final class Checker {

    static final String ECHO = "/echo";

    /** What a checker function answers for what its language has not. */
    private static final int NOT_HERE = 501;

    private static final List<String> REQUIRED =
            List.of("method", "path", "fields", "headers", "content_type", "id", "trigger_kind", "body");

    private Checker() {}

    /** Sends a body and wants it back. */
    static void echo(Worker worker, String body) throws Failed {
        echo(worker, FrameBytes.utf8(body), "an event with body '" + body + "' for " + ECHO);
    }

    static void echo(Worker worker, byte[] body, String sent) throws Failed {
        FrameBytes event = worker.event(ECHO).body(body);
        same(body, worker.call(event, sent), sent);
    }

    static void same(byte[] body, Answer answer, String sent) throws Failed {
        int at = java.util.Arrays.mismatch(body, answer.body());
        Failed.unless(
                at < 0,
                sent,
                "an answer of " + answer.body().length + " bytes that differs at " + at + ": " + answer.shown());
    }

    /** The answer of a part that a wrapper may lack. */
    static Answer offered(Worker worker, FrameBytes event, String what) throws Failed, NotOffered {
        return offered(worker.call(event, "an event for " + what), what);
    }

    static Answer offered(Answer answer, String what) throws NotOffered {
        if (answer.code() == NOT_HERE) {
            throw new NotOffered("the checker function answers 501 for " + what);
        }
        return answer;
    }

    /** What the handler sees of an event must be that; members that its language lacks may be missing. */
    static Map<String, Object> members(Answer answer, Map<String, Object> wanted, String sent) throws Failed {
        Map<String, Object> seen = JsonReader.object(answer.text())
                .orElseThrow(() -> new Failed(sent, "no JSON object, but " + answer.shown()));
        for (String name : REQUIRED) {
            Failed.unless(seen.containsKey(name), sent, "an object without '" + name + "': " + answer.shown());
        }
        for (Map.Entry<String, Object> member : wanted.entrySet()) {
            Object value = seen.get(member.getKey());
            Failed.unless(
                    !seen.containsKey(member.getKey()) || isLike(member.getValue(), value),
                    sent,
                    "'" + member.getKey() + "' is " + value + ", not " + member.getValue());
        }
        return seen;
    }

    private static boolean isLike(Object wanted, Object seen) {
        if (wanted instanceof Number number) {
            return seen instanceof BigDecimal decimal && decimal.compareTo(new BigDecimal(number.toString())) == 0;
        }
        if (wanted instanceof Map<?, ?> map && seen instanceof Map<?, ?> other) {
            return map.size() == other.size()
                    && map.entrySet().stream().allMatch(entry -> isLike(entry.getValue(), other.get(entry.getKey())));
        }
        if (wanted instanceof List<?> list && seen instanceof List<?> other) {
            for (int i = 0; i < list.size(); i++) {
                if (i >= other.size() || !isLike(list.get(i), other.get(i))) {
                    return false;
                }
            }
            return list.size() == other.size();
        }
        return wanted.equals(seen);
    }

    /** Name and value in turn, in this order. */
    static Map<String, String> pairs(String... namesAndValues) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pairs.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return pairs;
    }

    /** Bytes that are different at each place. */
    static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i % 251 + i / 65_536);
        }
        return bytes;
    }
}
