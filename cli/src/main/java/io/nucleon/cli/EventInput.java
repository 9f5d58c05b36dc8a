package io.nucleon.cli;

import io.nucleon.cli.cases.TestEvent;
import io.nucleon.command.EventsOptions;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.JsonReader;
import io.nucleon.host.JsonTree;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An event as the flags of {@code events} want it: a sample or one from a file, with what they change. Immutable.
 *
 * @param kinds what files and handlers call its kind
 * @param trigger that it came through, empty if that is not known
 * @param where what its trigger must have in its file: values, and paths of which one must lead to it; empty for whatever
 * @param members as docs/events.md describes them; the body may still be a tree
 * @param from what the host fills in
 */
record EventInput(
        List<String> kinds,
        String trigger,
        Map<String, List<String>> where,
        Map<String, Object> members,
        Map<String, Object> from) {

    private static final String BODY = "body";
    /** What the body is called elsewhere. */
    private static final Set<String> BODY_WORDS = Set.of("value", "payload", "data");

    private static final String KEY = "X-Nucleon-Key";

    /** The sample of a kind, with what the flags change. */
    static EventInput of(SampleEvent sample, EventsOptions options, Terminal terminal) {
        Map<String, Object> members = new LinkedHashMap<>(sample.event());
        Map<String, Object> from = new LinkedHashMap<>(sample.from());
        options.topic()
                .ifPresent(topic -> sample.topic().forEach(name -> {
                    members.put(name, topic);
                    from.remove(name);
                }));
        options.routingKey().ifPresent(key -> {
            if (!sample.name().equals("rabbit-mq")) {
                throw UsageError.badValue("--routing-key", key, "only events of rabbit-mq have one", "--topic NAME");
            }
            members.put("path", String.valueOf(members.get("path")).replaceFirst("/.*", "/") + key);
            from.put("path", "{attributes.exchangeName}/" + key);
        });
        return new EventInput(sample.kinds(), options.trigger(), Map.of(), members, from).changed(options, terminal);
    }

    /** The sample of a kind, with what a test case says. */
    static EventInput of(SampleEvent sample, TestEvent event) {
        Map<String, Object> members = new LinkedHashMap<>(sample.event());
        Map<String, Object> from = new LinkedHashMap<>(sample.from());
        Map<String, Object> headers =
                new LinkedHashMap<>(JsonReader.asObject(members.get("headers")).orElse(Map.of()));
        event.headers().forEach(header -> headers.put(header.name(), header.value()));
        event.place().forEach((name, value) -> {
            switch (name) {
                case "trigger" -> {
                    // says where it goes, and is no part of it
                }
                case "key" -> headers.put(KEY, value);
                case "topic" -> sample.topic().forEach(each -> replace(members, from, each, value));
                default -> replace(members, from, name, value);
            }
        });
        if (!event.headers().isEmpty() || event.place().containsKey("key")) {
            replace(members, from, "headers", headers);
        }
        if (event.hasBody()) {
            from.remove(BODY);
            members.remove("bodyBase64");
            put(members, event.body());
        }
        return new EventInput(
                sample.kinds(), (String) event.place().getOrDefault("trigger", ""), Map.of(), members, from);
    }

    private static void replace(Map<String, Object> members, Map<String, Object> from, String name, Object value) {
        members.put(name, value);
        from.remove(name);
    }

    /** The one event of a file, with what the flags change. */
    static EventInput of(Path file, EventsOptions options, Terminal terminal) {
        EventInput input = recorded(single(file));
        Map<String, Object> members = new LinkedHashMap<>(input.members);
        options.topic().ifPresent(topic -> members.put(members.containsKey("topic") ? "topic" : "path", topic));
        return new EventInput(
                        input.kinds,
                        options.trigger().isEmpty() ? input.trigger : options.trigger(),
                        Map.of(),
                        members,
                        Map.of())
                .changed(options, terminal);
    }

    /** The one event of a file. */
    static Map<String, Object> single(Path file) {
        List<Map<String, Object>> all = read(file);
        if (all.size() != 1) {
            throw ErrorMessage.of(
                            ErrorCode.USAGE,
                            file + " holds " + all.size() + " events",
                            "one is needed",
                            "send all of them: nucleon replay " + CurlLine.quoted(file.toString()))
                    .toException();
        }
        return all.getFirst();
    }

    /** An event as a line of a file has it. */
    static EventInput recorded(Map<String, Object> line) {
        String kind = JsonReader.text(line, "triggerKind");
        List<String> kinds =
                SampleEvent.find(kind).map(SampleEvent::kinds).orElse(kind.isEmpty() ? List.of("http") : List.of(kind));
        return new EventInput(kinds, JsonReader.text(line, "trigger"), Map.of(), line, Map.of());
    }

    /**
     * The events of a file, one a line, or a single one over many lines.
     *
     * @throws io.nucleon.error.NucleonException NUC-8006 if it can't be read, or holds anything else
     */
    static List<Map<String, Object>> read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            String why =
                    e instanceof java.nio.file.NoSuchFileException ? "no such file" : String.valueOf(e.getMessage());
            throw unreadable(file, why);
        }
        Optional<Map<String, Object>> whole = JsonReader.object(text);
        if (whole.isPresent()) {
            return List.of(whole.get());
        }
        List<Map<String, Object>> events = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                int at = number;
                events.add(
                        JsonReader.object(line).orElseThrow(() -> invalid(file, "line " + at + " is no JSON object")));
            }
        }
        return events;
    }

    private static RuntimeException unreadable(Path file, String why) {
        return error(ErrorCode.FILE_UNREADABLE, file, why);
    }

    private static RuntimeException invalid(Path file, String why) {
        return error(ErrorCode.EVENTS_INVALID, file, why);
    }

    private static RuntimeException error(ErrorCode code, Path file, String why) {
        return ErrorMessage.of(
                        code,
                        "no events can be read from " + file,
                        why,
                        "see what one looks like: nucleon events show kafka")
                .toException();
    }

    private EventInput changed(EventsOptions options, Terminal terminal) {
        Map<String, Object> changed = new LinkedHashMap<>(members);
        Map<String, Object> left = new LinkedHashMap<>(from);
        options.partition().ifPresent(number -> changed.put("partition", new BigDecimal(number)));
        options.offset().ifPresent(number -> changed.put("offset", new BigDecimal(number)));
        options.contentType().ifPresent(type -> changed.put("contentType", type));
        Map<String, Object> headers =
                new LinkedHashMap<>(JsonReader.asObject(changed.get("headers")).orElse(Map.of()));
        options.key().ifPresent(key -> headers.put(KEY, key));
        options.headers().stream()
                .map(CallFactory::given)
                .forEach(header -> headers.put(header.name(), header.value()));
        if (options.key().isPresent() || !options.headers().isEmpty()) {
            left.remove("headers");
        }
        changed.put("headers", headers);
        options.body().ifPresent(body -> {
            left.remove(BODY);
            changed.remove("bodyBase64");
            put(changed, CallBody.read(body, terminal).bytes());
        });
        Object tree = changed;
        for (String change : options.set()) {
            int end = change.indexOf('=');
            if (end < 1) {
                throw UsageError.badValue("--set", change, "it is written PATH=VALUE", "--set value.id=42");
            }
            String path = path(change.substring(0, end));
            try {
                tree = JsonTree.with(readable(tree), path, JsonTree.value(change.substring(end + 1)));
            } catch (IllegalArgumentException e) {
                throw UsageError.badValue("--set", change, e.getMessage(), "see the event: nucleon events show KIND");
            }
            left.remove(path.replaceFirst("\\..*", ""));
        }
        return new EventInput(
                kinds, trigger, where(options), JsonReader.asObject(tree).orElseThrow(), left);
    }

    private Map<String, List<String>> where(EventsOptions options) {
        Map<String, List<String>> where = new LinkedHashMap<>();
        if (!options.queue().isEmpty()) {
            check("--queue", options.queue(), "rabbit-mq", "nats");
            where.put(options.queue(), List.of("attributes.queueName"));
        }
        if (!options.schedule().isEmpty()) {
            check("--schedule", options.schedule(), "cron");
            where.put(options.schedule(), List.of("attributes.schedule", "attributes.interval"));
        }
        return where;
    }

    private void check(String flag, String value, String... of) {
        if (Stream.of(of).noneMatch(kinds::contains)) {
            throw UsageError.badValue(
                    flag, value, "only triggers of " + String.join(" and ", of) + " have one", "--trigger NAME");
        }
    }

    private String path(String path) {
        String first = path.replaceFirst("\\..*", "");
        return BODY_WORDS.contains(first) && !members.containsKey(first) ? BODY + path.substring(first.length()) : path;
    }

    /** A body that is JSON as its tree, so that there are paths in it. */
    private static Object readable(Object tree) {
        Object body = JsonTree.at(tree, BODY).orElse(null);
        return body instanceof String text && isTree(text) ? JsonTree.with(tree, BODY, JsonTree.value(text)) : tree;
    }

    /** Whether a body looks like JSON that there are paths in. */
    static boolean isTree(String body) {
        return body.startsWith("{") || body.startsWith("[");
    }

    private static void put(Map<String, Object> members, byte[] body) {
        Optional<String> text = Utf8.text(body);
        if (text.isPresent()) {
            members.put(BODY, text.get());
        } else {
            members.remove(BODY);
            members.put("bodyBase64", Base64.getEncoder().encodeToString(body));
        }
    }

    /** The members as a host wants them: the body as text. */
    Map<String, Object> sendable() {
        Object body = members.get(BODY);
        if (body == null || body instanceof String) {
            return members;
        }
        Map<String, Object> sendable = new LinkedHashMap<>(members);
        sendable.put(BODY, JsonTree.text(body));
        return sendable;
    }

    /** The same with a header that says which event it was. */
    EventInput again(String id) {
        Map<String, Object> again = new LinkedHashMap<>(members);
        Map<String, Object> headers =
                new LinkedHashMap<>(JsonReader.asObject(members.get("headers")).orElse(Map.of()));
        headers.put("X-Nucleon-Replay-Of", id);
        again.put("headers", headers);
        return new EventInput(kinds, trigger, where, again, from);
    }

    /** Where a broker is to put it, if that is not its topic: templates as in {@link #from}. */
    String place() {
        return kinds.contains("rabbit-mq") ? "{attributes.queueName}" : "";
    }

    boolean isHttp() {
        return kinds.contains("http");
    }
}
