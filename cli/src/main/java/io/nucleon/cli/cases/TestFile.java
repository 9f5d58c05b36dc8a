package io.nucleon.cli.cases;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NearestName;
import io.nucleon.error.NucleonException;
import io.nucleon.host.JsonTree;
import io.nucleon.spec.field.GoDuration;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.yaml.Limits;
import io.nucleon.spec.yaml.ListNode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.Position;
import io.nucleon.spec.yaml.ScalarNode;
import io.nucleon.spec.yaml.YamlReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a file of test cases: one case, a list of them, or a mapping with {@code cases}. Stateless. Unknown keys are refused. */
public final class TestFile {
    private static final List<String> CASE = List.of("name", "event", "expect", "skip");
    private static final List<String> CALL = List.of("kind", "method", "path", "headers", "body", "base64");
    private static final List<String> TEXTS = List.of("trigger", "topic", "path", "key", "contentType");
    private static final List<String> NUMBERS = List.of("partition", "offset");
    private static final List<String> EVENT = Stream.of(List.of("kind", "headers", "body", "base64"), TEXTS, NUMBERS)
            .flatMap(List::stream)
            .toList();
    private static final List<String> EXPECT = List.of("status", "headers", "body", "logs", "within");

    private TestFile() {}

    /**
     * All cases of a file.
     *
     * @param shown the file as messages call it
     * @throws NucleonException NUC-8026 or what the YAML parser says
     */
    public static List<TestCase> read(Path file, String shown) {
        Problems problems = new Problems();
        YamlReader reader = new YamlReader(shown, Limits.DEFAULT, problems);
        Optional<Node> document = reader.text(file).flatMap(reader::read);
        if (document.isEmpty()) {
            Problem first = problems.list().stream()
                    .findFirst()
                    .orElseThrow(() -> invalid(Position.of(shown), "is empty", "", "see docs/reference/tests.md"));
            throw first.toMessage().toException();
        }
        String name = file.getFileName().toString();
        List<TestCase> cases = new ArrayList<>();
        for (MapNode node : cases(document.get())) {
            cases.add(testCase(name, node));
        }
        return cases;
    }

    private static List<MapNode> cases(Node document) {
        Node list = document instanceof MapNode map && map.entry("cases").isPresent()
                ? map.entry("cases").get().value()
                : document;
        if (list instanceof MapNode one) {
            return List.of(one);
        }
        List<MapNode> cases = new ArrayList<>();
        for (Node item : list instanceof ListNode items ? items.items() : List.<Node>of()) {
            cases.add(mapping(item, "a case"));
        }
        if (cases.isEmpty()) {
            throw invalid(document.position(), "has no cases", "", "see docs/reference/tests.md");
        }
        return cases;
    }

    private static TestCase testCase(String file, MapNode node) {
        known(node, CASE);
        MapNode event = node.get("event").map(value -> mapping(value, "event")).orElse(MapNode.EMPTY);
        return new TestCase(
                file,
                node.get("name").map(TestFile::text).orElse(file.replaceFirst("\\.[^.]*$", "")),
                node.position(),
                event(event),
                expected(node),
                node.get("skip").map(TestFile::text).orElse(""));
    }

    private static TestEvent event(MapNode event) {
        String kind = event.get("kind").map(TestFile::text).orElse(TestEvent.HTTP);
        boolean call = kind.equals(TestEvent.HTTP);
        known(event, call ? CALL : EVENT);
        byte[] body = body(event);
        List<NamedValue> headers = new ArrayList<>();
        event.map("headers").entries().forEach(entry -> headers.add(new NamedValue(entry.key(), text(entry.value()))));
        Map<String, Object> place = new LinkedHashMap<>();
        if (!call) {
            TEXTS.forEach(name -> event.get(name).ifPresent(value -> place.put(name, text(value))));
            NUMBERS.forEach(name -> event.get(name).ifPresent(value -> place.put(name, number(value))));
        }
        return new TestEvent(
                kind,
                event.get("method").map(TestFile::text).orElse(body.length == 0 ? "GET" : "POST"),
                event.get("path").map(TestFile::text).orElse("/"),
                headers,
                body,
                event.get("body").or(() -> event.get("base64")).isPresent(),
                place);
    }

    private static BigDecimal number(Node node) {
        if (node.plain() instanceof Long number && number >= 0) {
            return BigDecimal.valueOf(number);
        }
        throw invalid(node.position(), "has " + node.describe() + " where a number from 0 is needed", "", "");
    }

    private static byte[] body(MapNode event) {
        Optional<Node> base64 = event.get("base64");
        if (base64.isPresent()) {
            try {
                return Base64.getDecoder().decode(text(base64.get()));
            } catch (IllegalArgumentException e) {
                throw invalid(base64.get().position(), "has a base64 that is none", "", "");
            }
        }
        return event.get("body")
                .map(node -> node instanceof ScalarNode scalar ? scalar.text() : JsonTree.text(node.plain()))
                .orElse("")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Expected expected(MapNode node) {
        MapNode expect =
                node.get("expect").map(value -> mapping(value, "expect")).orElse(MapNode.EMPTY);
        known(expect, EXPECT);
        Position position = expect.isEmpty() ? node.position() : expect.position();
        List<Node> logs = expect.get("logs")
                .map(value -> value instanceof ListNode list ? list.items() : List.of(value))
                .orElse(List.of());
        return new Expected(
                position,
                expect.get("status").map(TestFile::status).orElse(0),
                expect.get("status").map(Node::position).orElse(position),
                expect.get("headers").map(value -> mapping(value, "headers")).orElse(MapNode.EMPTY),
                expect.get("body"),
                logs,
                expect.get("within").map(TestFile::duration),
                expect.get("within").map(Node::position).orElse(position));
    }

    private static int status(Node node) {
        if (node.plain() instanceof Long status && status >= 100 && status <= 999) {
            return status.intValue();
        }
        throw invalid(node.position(), "has a status that is none", "a status is a number like 200", "");
    }

    private static Duration duration(Node node) {
        return GoDuration.parse(text(node))
                .filter(Duration::isPositive)
                .orElseThrow(() ->
                        invalid(node.position(), "has a 'within' that is no time", "a time is written like 50ms", ""));
    }

    private static MapNode mapping(Node node, String what) {
        if (node instanceof MapNode map) {
            return map;
        }
        throw invalid(node.position(), "has " + node.describe() + " where " + what + " is a mapping", "", "");
    }

    private static String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.text();
        }
        throw invalid(node.position(), "has " + node.describe() + " where a text is needed", "", "");
    }

    private static void known(MapNode node, List<String> keys) {
        for (MapNode.Entry entry : node.entries()) {
            if (!Set.copyOf(keys).contains(entry.key())) {
                throw invalid(
                        entry.position(),
                        "has an unknown key '" + entry.key() + "'",
                        "",
                        NearestName.advice(entry.key(), keys, "keys: "));
            }
        }
    }

    /** NUC-8026 about a place of a file. */
    public static NucleonException invalid(Position position, String what, String why, String fix) {
        return ErrorMessage.of(ErrorCode.TEST_INVALID, position.lineText() + " " + what, why, fix)
                .at(position.place())
                .toException();
    }
}
