package io.nucleon.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.reference.FieldReference;
import io.nucleon.spec.yaml.Limits;
import io.nucleon.spec.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of docs/reference are what the table says, and the schema takes what is good and refuses what is not. */
class ReferencePagesTest {
    private static final Path DOCS = Path.of("..", "docs", "reference");
    private static final Map<?, ?> SCHEMA = (Map<?, ?>) plain(ReferencePages.schema());

    @Test
    void pagesAreWhatTheTableSays() throws IOException {
        Map<String, String> pages = Map.of(
                "function-yaml.md", ReferencePages.markdown(FieldReference.File.FUNCTION),
                "platform-yaml.md", ReferencePages.markdown(FieldReference.File.PLATFORM),
                "function.schema.json", ReferencePages.schema());
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(Path.of("target", page.getKey()), page.getValue());
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            isFresh(page.getKey(), page.getValue());
        }
    }

    private static void isFresh(String name, String text) throws IOException {
        assertThat(Files.exists(DOCS.resolve(name)) ? Files.readString(DOCS.resolve(name)) : "")
                .as("docs/reference/%s; if the change is meant, copy spec/target/%s over it", name, name)
                .isEqualTo(text);
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", "examples"))) {
            return files.filter(file -> file.endsWith("function.yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theSchemaTakesEveryExample(Path file) throws IOException {
        assertThat(problems(Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spec: {trigers: {}} | $.spec.trigers is not known",
                "spec: {env: {A: 1}} | $.spec.env is no array",
                "spec: {triggers: {http: {numWorkers: many}}} | $.spec.triggers.http.numWorkers is no integer",
                "spec: {triggers: {http: {mode: fast}}} | $.spec.triggers.http.mode is none of [sync, async, , null]",
                "spec: {disable: 5} | $.spec.disable is no boolean",
                "spec: {triggers: {http: {kind: http, attributes: {port: 8080}}}} |",
                "spec: {env: [{name: A, value: 5}], eventTimeout: 5s, runtimeAttributes: {any: [1]}} |",
            })
    void theSchemaRefusesWhatIsWrong(String yaml, String problem) {
        assertThat(String.join("; ", problems(yaml))).isEqualTo(problem == null ? "" : problem);
    }

    private static List<String> problems(String yaml) {
        List<String> problems = new ArrayList<>();
        check("$", SCHEMA, plain(yaml), problems);
        return problems;
    }

    /** As much of JSON Schema as ours has. */
    private static void check(String path, Map<?, ?> schema, Object value, List<String> problems) {
        if (schema.get("type") instanceof List<?> types && types.stream().noneMatch(type -> is(value, (String) type))) {
            problems.add(path + " is no " + types.getFirst());
        }
        if (schema.get("enum") instanceof List<?> values && !values.contains(value)) {
            problems.add(path + " is none of " + values);
        }
        if (value instanceof List<?> items && schema.get("items") instanceof Map<?, ?> item) {
            items.forEach(one -> check(path + "[]", item, one, problems));
        }
        if (value instanceof Map<?, ?> members) {
            Map<?, ?> known = schema.get("properties") instanceof Map<?, ?> properties ? properties : Map.of();
            members.forEach((name, member) -> {
                if (known.get(name) instanceof Map<?, ?> below) {
                    check(path + "." + name, below, member, problems);
                } else if (schema.get("additionalProperties") instanceof Map<?, ?> free) {
                    check(path + "." + name, free, member, problems);
                } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                    problems.add(path + "." + name + " is not known");
                }
            });
        }
    }

    private static boolean is(Object value, String type) {
        return switch (type) {
            case "null" -> value == null;
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Long;
            default -> value instanceof Number;
        };
    }

    private static Object plain(String yaml) {
        return new YamlReader("a.yaml", new Limits(8 << 20, 64, 100_000, 1_000_000), new Problems())
                .read(yaml)
                .orElseThrow()
                .plain();
    }
}
