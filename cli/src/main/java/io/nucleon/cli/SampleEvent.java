package io.nucleon.cli;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NearestName;
import io.nucleon.host.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event of one kind of trigger as it usually looks, out of {@code events.json}, which is packed with this class. Immutable.
 *
 * @param name as people type it
 * @param kinds what files and handlers call it
 * @param about a few words
 * @param topic members that are its topic, subject or path
 * @param from what a host fills in from the trigger that it is sent to, by the names of members
 * @param event the members, the body as the tree of its JSON or as a text
 */
record SampleEvent(
        String name,
        List<String> kinds,
        String about,
        List<String> topic,
        Map<String, Object> from,
        Map<String, Object> event) {

    /** What people write without the hyphen, or shorter. */
    private static final Map<String, String> OTHER_NAMES =
            Map.of("rabbitmq", "rabbit-mq", "v3io", "v3ioStream", "jetstream", "natsjetstream");

    /** All of them, in the order in which they are shown. */
    static List<SampleEvent> all() {
        try (InputStream in = SampleEvent.class.getResourceAsStream("events.json")) {
            List<Object> all = JsonReader.array(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .orElseThrow();
            return all.stream()
                    .map(one -> of(JsonReader.asObject(one).orElseThrow()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SampleEvent of(Map<String, Object> members) {
        return new SampleEvent(
                JsonReader.text(members, "name"),
                texts(members, "kinds"),
                JsonReader.text(members, "about"),
                texts(members, "topic"),
                JsonReader.asObject(members.get("from")).orElseThrow(),
                JsonReader.asObject(members.get("event")).orElseThrow());
    }

    private static List<String> texts(Map<String, Object> members, String name) {
        return ((List<?>) members.get(name)).stream().map(String::valueOf).toList();
    }

    /** That of a kind, by any of its names. */
    static Optional<SampleEvent> find(String word) {
        String name = OTHER_NAMES.getOrDefault(word, word);
        return all().stream()
                .filter(one -> one.name.equals(name) || one.kinds.contains(name))
                .findFirst();
    }

    /** The same, or NUC-8011. */
    static SampleEvent named(String word) {
        List<String> names = all().stream().map(SampleEvent::name).toList();
        return find(word)
                .orElseThrow(() -> ErrorMessage.of(
                                ErrorCode.EVENT_UNKNOWN,
                                "there is no event of kind '" + word + "'",
                                "",
                                NearestName.advice(word, names, "kinds: "))
                        .toException());
    }
}
