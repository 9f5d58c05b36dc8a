package io.nucleon.cli.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.NucleonException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedTest {
    private static final String LOGS =
            "[{\"level\":\"info\",\"message\":\"stored it\",\"id\":7},{\"level\":\"warn\",\"message\":\"slow\"}]";

    @TempDir
    Path folder;

    @Test
    void readsACaseWithAllThereIs() throws Exception {
        TestCase one = read("""
                name: kafka event is stored
                event:
                  kind: http
                  method: put
                  path: /a?b=1
                  headers: {X-A: 1}
                  body: {id: 7}
                expect:
                  status: 201
                  headers: {Content-Type: application/json}
                  body: {stored: 7}
                  logs: [stored]
                  within: 50ms
                """).getFirst();

        assertThat(one.name()).isEqualTo("kafka event is stored");
        assertThat(one.event().method()).isEqualTo("put");
        assertThat(one.event().headers()).containsExactly(new NamedValue("X-A", "1"));
        assertThat(new String(one.event().body(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":7}");
        assertThat(one.wantsLogs()).isTrue();
        assertThat(one.expected().compare(seen(201, "{\"stored\":7,\"more\":[]}", 10)))
                .isEmpty();
    }

    @Test
    void readsListsAndDefaults() throws Exception {
        List<TestCase> cases = read("cases:\n  - {}\n  - {name: two, event: {base64: AAEC}, skip: not yet}\n");

        assertThat(cases).extracting(TestCase::name).containsExactly("test", "two");
        assertThat(cases).extracting(one -> one.event().method()).containsExactly("GET", "POST");
        assertThat(cases.get(1).event().body()).containsExactly(0, 1, 2);
        assertThat(cases.get(1).skip()).isEqualTo("not yet");
        assertThat(cases.getFirst().expected().compare(seen(204, "", 1))).isEmpty();
        assertThat(read("- name: a\n- name: b\n")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status: 200 | test.yaml:2  status expected 200, got 500 (it broke)",
                "{} | test.yaml:1  status expected below 400, got 500 (it broke)",
            })
    void tellsTheStatusAndWhatItSays(String expect, String problem) throws Exception {
        assertThat(problems(expect, seen(500, "it broke\nat line 3", 1))).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "body: {currency: EUR} | test.yaml:2  $.currency expected \"EUR\", got \"USD\"",
                "body: {currency: USD} |",
                "body: {currency: ~U.*} |",
                "body: {n: 7.0} |",
                "body: {n: 8} | test.yaml:2  $.n expected 8, got 7",
                "body: {n: '7'} | test.yaml:2  $.n expected \"7\", got 7",
                "body: {gone: 1} | test.yaml:2  $.gone expected, not there",
                "body: {gone: null} |",
                "body: {list: [1, 2]} |",
                "body: {list: [1]} | test.yaml:2  $.list.length expected 1, got 2",
                "body: {list: [1, 3]} | test.yaml:2  $.list[1] expected 3, got 2",
                "body: {list: {a: 1}} | test.yaml:2  $.list expected {\"a\":1}, got [1,2]",
                "headers: {content-type: text/plain} |",
                "headers: {Content-Type: ~text/.*} |",
                "headers: {X-B: 1} | test.yaml:2  header X-B expected \"1\", got none",
                "headers: {X-B: null} |",
                "headers: {Content-Type: null} | test.yaml:2  header Content-Type expected none, got [\"text/plain\"]",
                "logs: [stored, slow] |",
                "logs: [{level: info, id: 7}] |",
                "logs: [{level: info, id: 8}] | test.yaml:2  a log record expected {\"level\":\"info\",\"id\":8}, got [\"stored it\",\"slow\"]",
                "logs: [lost] | test.yaml:2  a log record expected \"lost\", got [\"stored it\",\"slow\"]",
                "within: 5ms | test.yaml:2  time expected at most 5 ms, got 10.0 ms",
                "within: 20ms |",
            })
    void tellsWhatDiffersAndWhereItStands(String expect, String problem) throws Exception {
        List<String> problems = problems(expect, seen(200, "{\"currency\":\"USD\",\"n\":7,\"list\":[1,2]}", 10));

        assertThat(String.join("; ", problems)).isEqualTo(problem == null ? "" : problem);
    }

    @Test
    void comparesBodiesThatAreTexts() throws Exception {
        assertThat(problems("body: hello", seen(200, "hello", 1))).isEmpty();
        assertThat(problems("body: ~h.*o", seen(200, "hel\nlo", 1))).isEmpty();
        assertThat(problems("body: hello", seen(200, "bye", 1)))
                .containsExactly("test.yaml:2  body expected \"hello\", got \"bye\"");
        assertThat(problems("body: {a: 1}", seen(200, "bye", 1)))
                .containsExactly("test.yaml:2  body expected JSON, got \"bye\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nmae: x | test.yaml:1 has an unknown key 'nmae'",
                "expect: {stauts: 200} | test.yaml:1 has an unknown key 'stauts'",
                "expect: {status: hello} | test.yaml:1 has a status that is none",
                "expect: {within: soon} | test.yaml:1 has a 'within' that is no time",
                "expect: [1] | test.yaml:1 has a list where expect is a mapping",
                "event: {kind: kafka, method: GET} | test.yaml:1 has an unknown key 'method'",
                "event: {topic: orders} | test.yaml:1 has an unknown key 'topic'",
                "event: {kind: kafka, offset: -1} | test.yaml:1 has a number where a number from 0 is needed",
                "event: {base64: '*'} | test.yaml:1 has a base64 that is none",
                "name: [1] | test.yaml:1 has a list where a text is needed",
                "'[]' | test.yaml:1 has no cases",
                "'a: [' | test.yaml:1:5 is not valid YAML",
            })
    void refusesWhatMeansNothing(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOfSatisfying(
                        NucleonException.class,
                        e -> assertThat(e.error().what()).isEqualTo(message));
    }

    @Test
    void writesResultsForBuildServers() throws Exception {
        TestCase one = read("name: \"a < b & \\\"c\\\"\"\n").getFirst();
        Mismatch wrong = new Mismatch(one.position(), "body expected \"1\", got \"\u0001\"");
        String xml = JunitReport.xml(
                "orders",
                List.of(
                        new Result(one, Result.State.PASSED, 1.5, List.of(), Optional.empty()),
                        Result.skipped(one),
                        new Result(one, Result.State.FAILED, 2.5, List.of(wrong), Optional.empty())));

        var document = javax.xml.parsers.DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new java.io.ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getDocumentElement().getAttribute("failures")).isEqualTo("1");
        assertThat(document.getDocumentElement().getAttribute("time")).isEqualTo("0.004");
        assertThat(document.getElementsByTagName("testcase")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("name")
                        .getNodeValue())
                .isEqualTo("a < b & \"c\"");
    }

    @Test
    void readsAnEventOfAnotherKind() throws Exception {
        TestEvent event = read("event: {kind: kafka, topic: orders, partition: 2, key: eu, body: {id: 7}}\n")
                .getFirst()
                .event();

        assertThat(event.isCall()).isFalse();
        assertThat(event.place())
                .containsOnly(
                        Map.entry("topic", "orders"), Map.entry("partition", BigDecimal.TWO), Map.entry("key", "eu"));
        assertThat(event.hasBody()).isTrue();
    }

    @Test
    void writesWhatCameInPlaceOfWhatWasExpected() throws Exception {
        String before = """
                # refunds
                cases:
                  - name: one   # the first
                    expect: {status: 201, body: {currency: EUR, n: '7', list: [1, ~x.*]}, headers: {X-B: "1"}}
                  - name: two
                    expect:
                      body:
                        gone: 1
                        currency: EUR
                """;
        List<TestCase> cases = read(before);
        Seen seen = seen(200, "{\"currency\":\"USD\",\"n\":7,\"list\":[1,{\"a\":2}]}", 1);
        Path file = folder.resolve("test.yaml");

        List<Result> results = CaseUpdate.of(
                file, cases.stream().map(one -> Result.of(one, seen)).toList());

        assertThat(file).hasContent("""
                # refunds
                cases:
                  - name: one   # the first
                    expect: {status: 200, body: {currency: "USD", n: 7, list: [1, {"a":2}]}, headers: {X-B: null}}
                  - name: two
                    expect:
                      body:
                        gone: 1
                        currency: "USD"
                """);
        assertThat(results).extracting(Result::state).containsExactly(Result.State.UPDATED, Result.State.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"expect: {within: 1ns}", "expect: {body: [1]}", "expect:\n  body: >-\n    a\n    b"})
    void leavesAFileWhoseValuesHaveNoPlace(String yaml) throws Exception {
        Path file = folder.resolve("test.yaml");
        List<TestCase> cases = read(yaml + "\n");

        List<Result> results = CaseUpdate.of(file, List.of(Result.of(cases.getFirst(), seen(200, "[1,2]", 1))));

        assertThat(results.getFirst().state()).isEqualTo(Result.State.FAILED);
        assertThat(file).hasContent(yaml);
    }

    private List<String> problems(String expect, Seen seen) throws IOException {
        return read("expect:\n  " + expect + "\n").getFirst().expected().compare(seen).stream()
                .map(Mismatch::toString)
                .toList();
    }

    private List<TestCase> read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("test.yaml"), yaml);
        return TestFile.read(file, "test.yaml");
    }

    private static Seen seen(int status, String body, double millis) {
        return new Seen(
                status,
                List.of(new NamedValue("Content-Type", body.contains("stored") ? "application/json" : "text/plain")),
                body.getBytes(StandardCharsets.UTF_8),
                LOGS,
                millis);
    }
}
