package io.nucleon.record;

import io.nucleon.host.JsonReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in what a sample event takes from the trigger that it is sent to: {@code "topic": "{attributes.topics}"} is the first topic that the
 * trigger's file names. Stateless.
 */
final class SentMembers {

    private static final Pattern REFERENCE = Pattern.compile("\\{([A-Za-z.]+)}");
    /** What stands for any word in what a trigger subscribes to; an event has a word there. */
    private static final Pattern WILDCARD = Pattern.compile("(?<=^|[./])[*+#>](?=$|[./])");

    private SentMembers() {}

    /**
     * The members with those that can be had from the file.
     *
     * @param from templates by the names of members; one whose reference leads nowhere is passed over
     */
    static Map<String, Object> filled(
            Map<String, Object> members, Map<String, Object> from, Map<String, Object> configuration) {
        Map<String, Object> filled = new LinkedHashMap<>(members);
        from.forEach((name, template) -> {
            if (template instanceof String text && !text.isEmpty()) {
                value(text, configuration).ifPresent(value -> filled.put(name, value));
            }
        });
        return filled;
    }

    private static Optional<Object> value(String template, Map<String, Object> configuration) {
        Matcher references = REFERENCE.matcher(template);
        if (references.matches()) {
            return find(configuration, references.group(1)).map(value -> value instanceof Map ? value : word(value));
        }
        StringBuilder text = new StringBuilder();
        references.reset();
        while (references.find()) {
            Optional<Object> value = find(configuration, references.group(1));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            references.appendReplacement(text, Matcher.quoteReplacement(word(value.get())));
        }
        return Optional.of(references.appendTail(text).toString());
    }

    private static String word(Object value) {
        return WILDCARD.matcher(String.valueOf(value)).replaceAll("any");
    }

    /** Names of attributes are written in any case; of a list the first counts. */
    private static Optional<Object> find(Map<String, Object> configuration, String path) {
        Object here = configuration;
        for (String step : path.split("\\.", -1)) {
            here = first(here);
            Map<String, Object> object = JsonReader.asObject(here).orElse(Map.of());
            here = object.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(step))
                    .map(Map.Entry::getValue)
                    .filter(value -> value != null && !"".equals(value))
                    .findFirst()
                    .orElse(null);
        }
        return Optional.ofNullable(first(here));
    }

    private static Object first(Object value) {
        return value instanceof List<?> list ? (list.isEmpty() ? null : list.getFirst()) : value;
    }
}
