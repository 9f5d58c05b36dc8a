package io.nucleon.cli;

import io.nucleon.command.FlagValue;
import io.nucleon.command.Verb;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Place;
import java.util.List;

/** The rows of {@code nucleon get config}: what flags are set to, and by whom. Stateless. */
final class SettingsTable {
    /** Of a flag that is not set. */
    private static final String NONE = "-";

    private SettingsTable() {}

    static Listing of(List<FlagValue> values) {
        return new Listing(
                "settings",
                List.of("FLAG", "VALUE", "FROM"),
                values.stream().map(SettingsTable::row).toList(),
                "");
    }

    private static Listing.Row row(FlagValue value) {
        String text = String.join(", ", value.values());
        return new Listing.Row(
                "setting/" + value.key(),
                List.of(
                        value.key(),
                        text.isEmpty() ? NONE : text,
                        value.origin().text()),
                json(value));
    }

    private static String json(FlagValue value) {
        JsonWriter json = new JsonWriter().object().name("key").value(value.key());
        json.name("verb").value(value.verb().map(Verb::word).orElse(null));
        json.name("flag").value("--" + value.flag()).name("values").array();
        value.values().forEach(json::value);
        Place place = value.origin().place();
        json.endArray().name("origin").value(value.origin().text());
        json.name("file").value(place.file().isEmpty() ? null : place.file());
        json.name("line").json(place.line() == 0 ? "null" : String.valueOf(place.line()));
        return json.endObject().toString();
    }
}
