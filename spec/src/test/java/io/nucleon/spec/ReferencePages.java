package io.nucleon.spec;

import io.nucleon.error.JsonWriter;
import io.nucleon.spec.reference.FieldReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the reference of {@code function.yaml} and {@code platform.yaml}, and the schema for editors, from the table of fields. */
final class ReferencePages {
    private static final Map<FieldReference.Origin, String> ORIGINS = Map.of(
            FieldReference.Origin.NUCLIO, "same",
            FieldReference.Origin.KEPT, "kept, no effect",
            FieldReference.Origin.NUCLEON, "Nucleon's own");

    /** Mappings whose members are all listed; elsewhere there are kinds and platforms that know more. */
    private static final List<String> CLOSED =
            List.of("", "metadata", "spec", "spec.build", "spec.triggers.NAME", "spec.triggers.NAME.retry");

    private ReferencePages() {}

    /** A page of Markdown. */
    static String markdown(FieldReference.File file) {
        StringBuilder page = new StringBuilder("# ").append(file.fileName()).append("\n\n");
        page.append(
                "Made from the table by which files are read; a test fails if this page is not what it says. `nucleon explain FIELD` shows the\n");
        page.append(
                "same, and what lies below. `NAME` stands for a name that you choose, `[]` for each item of a list.");
        if (file == FieldReference.File.FUNCTION) {
            page.append(" Editors that know JSON Schema\ntake [function.schema.json](function.schema.json): put\n");
            page.append("`# yaml-language-server: $schema=PATH/function.schema.json` on the first line of the file.");
        }
        page.append('\n');
        String section = "";
        for (FieldReference field : FieldReference.all()) {
            if (field.file() == file) {
                String head = section(field);
                if (!head.equals(section)) {
                    section = head;
                    page.append("\n## ")
                            .append(section)
                            .append(
                                    "\n\n| field | type | default | what it says | nuclio |\n| --- | --- | --- | --- | --- |\n");
                }
                row(page, field);
            }
        }
        return page.toString();
    }

    private static String section(FieldReference field) {
        if (!field.kinds().isEmpty()) {
            return "Attributes of " + field.kinds() + " triggers";
        }
        String[] names = field.path().split("\\.");
        if (field.file() == FieldReference.File.PLATFORM) {
            return names[0].replace("[]", "");
        }
        if (names.length > 1 && (names[1].equals("triggers") || names[1].equals("build"))) {
            return "spec." + names[1];
        }
        return names.length > 1 ? names[0] : "The file";
    }

    private static void row(StringBuilder page, FieldReference field) {
        page.append("| `").append(field.path()).append("` | ").append(field.type());
        page.append(" | ").append(field.defaultValue()).append(" | ").append(field.meaning());
        page.append(" | ").append(ORIGINS.get(field.origin())).append(" |\n");
    }

    /** One field and those below it. */
    private static final class Place {
        private final String path;
        private final Map<String, Place> members = new LinkedHashMap<>();
        private FieldReference field;
        private Place item;
        private Place free;

        Place(String path) {
            this.path = path;
        }

        Place below(String name) {
            String longer = path.isEmpty() ? name : path + "." + name;
            if (name.equals("NAME")) {
                free = free == null ? new Place(longer) : free;
                return free;
            }
            if (name.endsWith("[]")) {
                Place list = below(name.substring(0, name.length() - 2));
                list.item = list.item == null ? new Place(longer) : list.item;
                return list.item;
            }
            return members.computeIfAbsent(name, key -> new Place(longer));
        }
    }

    /** JSON Schema (2020-12) of {@code function.yaml}. */
    static String schema() {
        Place root = new Place("");
        FieldReference.all().stream()
                .filter(field -> field.file() == FieldReference.File.FUNCTION)
                .forEach(field -> {
                    Place place = root;
                    for (String name : field.path().split("\\.")) {
                        place = place.below(name);
                    }
                    // Of attributes that several kinds have, each with its own meaning, the first is shown.
                    place.field = place.field == null ? field : place.field;
                });
        JsonWriter json = new JsonWriter().object();
        json.name("$schema").value("https://json-schema.org/draft/2020-12/schema");
        json.name("title").value("function.yaml of Nucleon and nuclio");
        body(json, root);
        return json.endObject() + "\n";
    }

    private static void write(JsonWriter json, Place place) {
        json.object();
        if (place.field != null) {
            String known = place.field.defaultValue().isEmpty() ? "" : " (default: " + place.field.defaultValue() + ")";
            json.name("description").value(place.field.meaning() + known);
        }
        body(json, place);
        json.endObject();
    }

    private static void body(JsonWriter json, Place place) {
        if (place.item != null) {
            types(json, "array", "null");
            write(json.name("items"), place.item);
        } else if (!place.members.isEmpty() || place.free != null) {
            types(json, "object", "null");
            if (!place.members.isEmpty()) {
                json.name("properties").object();
                place.members.forEach((name, member) -> write(json.name(name), member));
                json.endObject();
            }
            if (place.free != null) {
                write(json.name("additionalProperties"), place.free);
            } else if (CLOSED.contains(place.path)) {
                json.name("additionalProperties").value(false);
            }
        } else if (place.field != null) {
            scalar(json, place.field.type());
        }
    }

    private static void scalar(JsonWriter json, String type) {
        switch (type.split(" ")[0]) {
            case "text" -> types(json, "string", "number", "boolean", "null");
            case "whole" -> types(json, "integer", "null");
            case "number" -> types(json, "number", "null");
            case "truth" -> types(json, "boolean", "null");
            case "mapping" -> types(json, "object", "null");
            case "list" -> types(json, "array", "null");
            case "duration", "size" -> types(json, "string", "integer", "null");
            default -> {
                json.name("enum").array();
                Stream.of(type.split("/")).forEach(json::value);
                json.value("").value((String) null).endArray();
            }
        }
    }

    private static void types(JsonWriter json, String... types) {
        json.name("type").array();
        Stream.of(types).forEach(json::value);
        json.endArray();
    }
}
