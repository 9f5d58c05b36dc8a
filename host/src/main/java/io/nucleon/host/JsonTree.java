package io.nucleon.host;

import io.nucleon.error.JsonWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON as {@link JsonReader} makes it of maps, lists, strings, {@link BigDecimal}s, booleans and null: found by paths such as
 * {@code order.items.0.price}, changed, and written again. Stateless.
 */
public final class JsonTree {
    private JsonTree() {}

    /** The tree as JSON text. */
    public static String text(Object tree) {
        return write(new JsonWriter(), tree).toString();
    }

    /** The same over many lines, for people: a member of an object or an object of a list in each. */
    public static String lines(Object tree) {
        StringBuilder text = new StringBuilder();
        lines(text, tree, "\n");
        return text.toString();
    }

    /** @param end of a line, with the blanks before what stands in the next one */
    private static void lines(StringBuilder text, Object tree, String end) {
        String inner = end + "  ";
        if (tree instanceof Map<?, ?> object && !object.isEmpty()) {
            String before = "{";
            for (Map.Entry<?, ?> member : object.entrySet()) {
                text.append(before).append(inner).append(text(member.getKey())).append(": ");
                lines(text, member.getValue(), inner);
                before = ",";
            }
            text.append(end).append('}');
        } else if (tree instanceof List<?> list && list.stream().anyMatch(one -> one instanceof Map<?, ?>)) {
            String before = "[";
            for (Object one : list) {
                text.append(before).append(inner);
                lines(text, one, inner);
                before = ",";
            }
            text.append(end).append(']');
        } else {
            text.append(text(tree));
        }
    }

    /** Adds a tree as the next value. */
    public static JsonWriter write(JsonWriter json, Object tree) {
        switch (tree) {
            case Map<?, ?> object -> {
                json.object();
                object.forEach((name, value) -> write(json.name((String) name), value));
                json.endObject();
            }
            case List<?> array -> {
                json.array();
                array.forEach(value -> write(json, value));
                json.endArray();
            }
            case BigDecimal number -> json.json(number.toString());
            case Boolean is -> json.value(is);
            case Number number -> json.json(number.toString());
            case null -> json.value((String) null);
            default -> json.value(tree.toString());
        }
        return json;
    }

    /** What a text says as JSON; the text itself if it is none. */
    public static Object value(String text) {
        Optional<List<Object>> one = JsonReader.array("[" + text + "]").filter(list -> list.size() == 1);
        return one.isPresent() ? one.get().getFirst() : text;
    }

    /** The value at a path; empty if there is none, or null stands there. A name in a list means that member of its first object. */
    public static Optional<Object> at(Object tree, String path) {
        Object here = tree;
        for (String step : path.split("\\.", -1)) {
            if (here instanceof List<?> list && !isIndex(step)) {
                here = list.isEmpty() ? null : list.getFirst();
            }
            here = switch (here) {
                case Map<?, ?> object -> object.get(step);
                case List<?> list when Integer.parseInt(step) < list.size() -> list.get(Integer.parseInt(step));
                case null, default -> null;
            };
        }
        return Optional.ofNullable(here);
    }

    /**
     * A tree with another value at a path; objects on the way are made, lists are extended by one at most. The tree that is given is not
     * changed.
     *
     * @throws IllegalArgumentException that says where the path leads nowhere
     */
    public static Object with(Object tree, String path, Object value) {
        int dot = path.indexOf('.');
        String step = dot < 0 ? path : path.substring(0, dot);
        if (step.isEmpty()) {
            throw new IllegalArgumentException("a name is missing before or behind a dot");
        }
        if (tree instanceof List<?> list) {
            List<Object> changed = new ArrayList<>(list);
            int index = isIndex(step) ? Integer.parseInt(step) : Integer.MAX_VALUE;
            if (index > changed.size()) {
                throw new IllegalArgumentException("'" + step + "' is no place in a list of " + changed.size());
            }
            Object old = index < changed.size() ? changed.get(index) : null;
            Object fresh = dot < 0 ? value : with(old, path.substring(dot + 1), value);
            if (index < changed.size()) {
                changed.set(index, fresh);
            } else {
                changed.add(fresh);
            }
            return changed;
        }
        if (tree != null && !(tree instanceof Map<?, ?>)) {
            throw new IllegalArgumentException(
                    "there is nothing below a text, number or boolean, so no '" + step + "'");
        }
        Map<String, Object> changed =
                JsonReader.asObject(tree == null ? Map.of() : tree).orElseGet(LinkedHashMap::new);
        changed.put(step, dot < 0 ? value : with(changed.get(step), path.substring(dot + 1), value));
        return changed;
    }

    private static boolean isIndex(String step) {
        return !step.isEmpty() && step.length() < 9 && step.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
