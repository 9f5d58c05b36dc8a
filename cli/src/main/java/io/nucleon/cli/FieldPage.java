package io.nucleon.cli;

import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.error.NearestName;
import io.nucleon.spec.reference.FieldReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code explain} shows of a field of {@code function.yaml} or {@code platform.yaml}. Immutable.
 *
 * @param asked the path as the user wrote it
 * @param fields those of that path: more than one if kinds of triggers differ in it, none for what only holds others
 */
record FieldPage(String asked, List<FieldReference> fields) {

    /** The page of a path, or of a name that only one field has. */
    static Optional<FieldPage> of(String asked) {
        Optional<FieldReference> found = FieldReference.find(asked);
        if (found.isEmpty() && asked.indexOf('.') < 0) {
            List<String> paths = pathsEndingIn(asked);
            found = paths.size() == 1 ? FieldReference.find(paths.getFirst()) : Optional.empty();
        }
        if (found.isEmpty()) {
            return below(asked).isEmpty() ? Optional.empty() : Optional.of(new FieldPage(asked, List.of()));
        }
        FieldReference field = found.get();
        List<FieldReference> fields = FieldReference.all().stream()
                .filter(other -> other.path().equals(field.path()) && other.file() == field.file())
                .toList();
        return Optional.of(new FieldPage(asked.indexOf('.') < 0 ? field.path() : asked, fields));
    }

    /** What somebody may have meant by a path that is no field's; empty if nothing is near. */
    static Optional<String> near(String asked) {
        if (asked.indexOf('.') < 0) {
            List<String> paths = pathsEndingIn(asked);
            if (!paths.isEmpty()) {
                return Optional.of("which one? " + NearestName.list(paths));
            }
        }
        String[] names = asked.split("\\.", -1);
        String parent = "";
        for (int i = 0; i < names.length; i++) {
            String path = parent.isEmpty() ? names[i] : parent + "." + names[i];
            if (FieldReference.find(path).isEmpty() && below(path).isEmpty()) {
                String known = parent;
                return NearestName.to(names[i], below(parent))
                        .map(name -> "did you mean '" + (known.isEmpty() ? name : known + "." + name) + "'?");
            }
            parent = path;
        }
        return Optional.empty();
    }

    String text(Look look) {
        StringBuilder text = new StringBuilder();
        for (FieldReference field : fields) {
            text.append(look.paint(Role.STRONG, Look.harmless(asked)))
                    .append(" (")
                    .append(field.file().fileName())
                    .append(field.kinds().isEmpty() ? "" : ", trigger kind " + field.kinds())
                    .append(")\n");
            line("what", field.meaning(), look, text);
            line("type", field.type(), look, text);
            line("default", field.defaultValue(), look, text);
            line("nuclio", origin(field), look, text);
        }
        if (fields.isEmpty()) {
            text.append(look.paint(Role.STRONG, Look.harmless(asked))).append('\n');
        }
        String below = String.join(", ", below(asked));
        line("below", below, look, text);
        return look.symbols(text.toString());
    }

    String json() {
        JsonWriter json = Documents.begin("field")
                .name("field")
                .value(asked)
                .name("meanings")
                .array();
        for (FieldReference field : fields) {
            json.object().name("file").value(field.file().fileName());
            json.name("kinds").value(field.kinds().isEmpty() ? null : field.kinds());
            json.name("text").value(field.meaning()).name("type").value(field.type());
            json.name("default").value(field.defaultValue().isEmpty() ? null : field.defaultValue());
            json.name("origin")
                    .value(field.origin().name().toLowerCase(Locale.ROOT))
                    .endObject();
        }
        json.endArray().name("below").array();
        below(asked).forEach(json::value);
        return json.endArray().endObject().toString();
    }

    private static String origin(FieldReference field) {
        return switch (field.origin()) {
            case NUCLIO -> "has it too, and it means the same";
            case KEPT -> "has it; here it is accepted and kept, and has no effect";
            case NUCLEON -> "doesn't have it and ignores it";
        };
    }

    private static List<String> pathsEndingIn(String name) {
        return FieldReference.all().stream()
                .map(FieldReference::path)
                .filter(path -> path.equalsIgnoreCase(name)
                        || path.regionMatches(
                                true, path.length() - name.length() - 1, "." + name, 0, name.length() + 1))
                .distinct()
                .toList();
    }

    /** Names of the fields directly below a path; of the roots for an empty one. */
    private static List<String> below(String path) {
        Stream<String> paths = path.isEmpty()
                ? FieldReference.all().stream().map(field -> field.path().replaceFirst("\\..*", ""))
                : FieldReference.below(path).stream()
                        .map(field -> field.path().substring(field.path().lastIndexOf('.') + 1));
        return new ArrayList<>(paths.distinct().toList());
    }

    private static void line(String word, String value, Look look, StringBuilder text) {
        if (!value.isEmpty()) {
            text.append("  ")
                    .append(look.paint(Role.MUTED, word))
                    .append(" ".repeat(10 - word.length()))
                    .append(value)
                    .append('\n');
        }
    }
}
