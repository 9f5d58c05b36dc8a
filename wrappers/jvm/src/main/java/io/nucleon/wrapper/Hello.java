package io.nucleon.wrapper;

import io.nucleon.wrapper.handler.HandlerTrigger;
import io.nucleon.wrapper.handler.HttpPlatform;
import java.util.List;
import java.util.Map;

/**
 * What the processor says in the hand-shake (PROTOCOL.md §4), checked. Immutable.
 *
 * @param platform what handlers get as such
 * @param json all of it, as it came
 */
public record Hello(
        boolean shm,
        int epoch,
        long segmentSize,
        String segmentPath,
        int inlineLimit,
        int maxFrame,
        boolean bodyView,
        boolean spin,
        long terminationTimeoutMillis,
        List<String> methods,
        List<HandlerTrigger> triggers,
        HttpPlatform platform,
        String directory,
        String handler,
        String json) {

    /** {@code epoch}: as the frame's header gave it. */
    static Hello of(String text, int epoch) {
        Map<?, ?> json = Json.object(text);
        long major =
                json.get("protocol") instanceof List<?> version && version.size() == 2 ? number(version.get(0)) : -1;
        if (major != Layout.MAJOR) {
            throw Errors.otherProtocol((int) major);
        }
        Map<?, ?> segment = map(json.get("segment"));
        Map<?, ?> function = map(json.get("function"));
        Map<?, ?> platform = map(json.get("platform"));
        return new Hello(
                text(json.get("transport")).equals("shm"),
                epoch,
                number(segment.get("size")),
                text(segment.get("path")),
                size(json.get("inlineLimit")),
                size(json.get("maxFrame")),
                text(json.get("body")).equals("view"),
                Boolean.TRUE.equals(json.get("spin")),
                number(json.get("terminationTimeoutMillis")),
                list(json.get("methods")).stream().map(Hello::text).toList(),
                list(json.get("triggers")).stream().map(Hello::trigger).toList(),
                new HttpPlatform(
                        text(platform.get("kind")), text(function.get("namespace")), text(platform.get("urls"))),
                text(function.get("directory")),
                text(function.get("handler")),
                text);
    }

    private static HandlerTrigger trigger(Object json) {
        Map<?, ?> members = map(json);
        return new HandlerTrigger(text(members.get("kind")), text(members.get("name")), text(members.get("class")));
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static String text(Object value) {
        return value instanceof String text ? text : "";
    }

    private static long number(Object value) {
        return value instanceof Long number ? number : 0;
    }

    /** A number of bytes that at least a header fits in. */
    private static int size(Object value) {
        return Math.clamp(number(value), 2 * Layout.HEADER, Integer.MAX_VALUE);
    }
}
