package io.nucleon.triggers.nats;

import io.nucleon.spec.Metadata;
import io.nucleon.trigger.TriggerSetting;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in what nuclio's templates of queue names may hold. */
final class QueueName {

    private static final Pattern PLACE = Pattern.compile(
            "\\{\\{-?\\s*(?:\\.(Namespace|Name|Id)|\\.(Labels|Annotations)\\.([\\w-]+)|index\\s+\\.(Labels|Annotations)\\s+\"([^\"]+)\")\\s*-?\\}\\}");

    private QueueName() {}

    static String of(String template, TriggerSetting setting) {
        Metadata function = setting.function();
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(valueOf(
                        place.group(1),
                        place.group(2),
                        place.group(3),
                        place.group(4),
                        place.group(5),
                        function,
                        setting)))
                .replaceAll("\\s+", "_");
    }

    private static String valueOf(
            String member,
            String map,
            String key,
            String otherMap,
            String otherKey,
            Metadata function,
            TriggerSetting setting) {
        if (member != null) {
            return switch (member) {
                case "Namespace" -> function.namespace();
                case "Name" -> function.name();
                default -> setting.source().name();
            };
        }
        boolean labels = "Labels".equals(map == null ? otherMap : map);
        return (labels ? function.labels() : function.annotations()).getOrDefault(key == null ? otherKey : key, "");
    }
}
