package io.nucleon.triggers.kafka;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.field.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Attributes that the function's annotations may give too; as in nuclio the attribute wins. */
final class Annotated {

    private static final String PREFIX = "nuclio.io/kafka-";

    private final Fields fields;
    private final Map<String, String> annotations;

    Annotated(Fields fields, Map<String, String> annotations) {
        this.fields = fields;
        this.annotations = annotations;
    }

    Map<String, String> annotations() {
        return annotations;
    }

    boolean has(String name, String annotation) {
        return fields.has(name) || annotations.containsKey(PREFIX + annotation);
    }

    String text(String name, String annotation, String otherwise) {
        return fields.optionalText(name).orElse(annotations.getOrDefault(PREFIX + annotation, otherwise));
    }

    boolean bool(String name, String annotation, boolean otherwise) {
        String text = annotations.get(PREFIX + annotation);
        return fields.optionalBool(name).orElse(text == null ? otherwise : Boolean.parseBoolean(text.strip()));
    }

    Duration duration(String name, String annotation, Duration otherwise) {
        String text = annotations.get(PREFIX + annotation);
        return fields.optionalDuration(name)
                .orElseGet(() -> text == null
                        ? otherwise
                        : GoDuration.parse(text.strip()).orElseGet(() -> unusable(annotation, text, otherwise)));
    }

    int integer(String name, String annotation, int otherwise, int least, int most) {
        String text = annotations.get(PREFIX + annotation);
        return fields.optionalInteger(name, least, most)
                .orElseGet(() -> text == null ? otherwise : number(annotation, text, otherwise, least, most));
    }

    private int number(String annotation, String text, int otherwise, int least, int most) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        return unusable(annotation, text, otherwise);
    }

    private <T> T unusable(String annotation, String text, T otherwise) {
        fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID)
                .what("can't use annotation " + PREFIX + annotation)
                .why("'" + text + "' stands there")
                .fix("mend metadata.annotations, or write the attribute instead")
                .add();
        return otherwise;
    }

    /** Reports a word that is none of those. */
    void wrong(String name, String given, String words) {
        fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, name)
                .what("is not known")
                .why("'" + given + "' stands there")
                .fix("write " + words)
                .add();
    }

    /** A list, or one text whose parts are parted by commas. */
    List<String> texts(String name, String annotation) {
        List<String> given = new ArrayList<>(fields.texts(name));
        if (given.isEmpty()) {
            for (String part : annotations.getOrDefault(PREFIX + annotation, "").split(",")) {
                if (!part.isBlank()) {
                    given.add(part.strip());
                }
            }
        }
        return given;
    }
}
