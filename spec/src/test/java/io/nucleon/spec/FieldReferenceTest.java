package io.nucleon.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.spec.field.Fields;
import io.nucleon.spec.platform.PlatformReader;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.reference.FieldReference;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.NodeWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of fields against what is read. */
class FieldReferenceTest {
    /** Something of everything, so that the reader asks for every field. */
    private static final String ALL = """
            spec:
              env: [{name: A}]
              scaleToZero: {scaleResources: [{}]}
              autoScaleMetrics: [{}]
              volumes: [{}]
              dataBindings: {NAME: {}}
              loggerSinks: [{}]
              triggers: {NAME: {kind: nats, partitions: [{}]}}
              build: {directives: {preCopy: [{}], postCopy: [{}]}}
            """;

    static Stream<FieldReference> fields() {
        return FieldReference.all().stream();
    }

    @ParameterizedTest
    @MethodSource("fields")
    void everyFieldOfTheTableIsKnownToTheReader(FieldReference field) {
        String text = NodeWriter.yaml(document(field));

        List<Problem> problems = field.file() == FieldReference.File.FUNCTION
                ? FunctionReader.read(text, "a.yaml").problems()
                : PlatformReader.read(text, "a.yaml").problems();

        assertThat(problems).as(text).noneMatch(problem -> problem.code().code().equals("NUC-1012"));
    }

    @Test
    void everyFieldThatIsReadIsInTheTable() {
        var asked = new TreeSet<String>();
        MapNode all = FunctionReader.read(ALL, "a.yaml").asFarAsRead().raw();
        var document = new Fields(all, "", new Problems(), asked::add);

        Metadata.read(document.map("metadata"));
        FunctionSpec.read(document.map("spec"), Map.of(), ReadOptions.DEFAULT);

        assertThat(asked).hasSizeGreaterThan(150);
        // Kubernetes' own fields that are looked into are its documentation's business.
        assertThat(asked.stream()
                        .filter(path -> !path.equals("metadata") && !path.equals("spec"))
                        .filter(path -> !path.startsWith("spec.securityContext."))
                        .filter(path -> FieldReference.find(path).isEmpty()))
                .isEmpty();
    }

    @Test
    void noFieldIsListedTwice() {
        assertThat(FieldReference.all())
                .extracting(field -> field.file() + " " + field.path())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "spec.triggers.kafka.explicitAckMode, spec.triggers.NAME.explicitAckMode",
        "SPEC.RUNTIME, spec.runtime",
        "spec.env[3].name, spec.env[].name",
        "spec.triggers.web.attributes.ingresses.main.host, spec.triggers.NAME.attributes.ingresses.NAME.host",
        "journal.maxSize, journal.maxSize"
    })
    void findsAFieldAsItIsWritten(String written, String path) {
        assertThat(FieldReference.find(written).orElseThrow().path()).isEqualTo(path);
    }

    @Test
    void listsWhatIsBelow() {
        assertThat(FieldReference.below("spec.triggers.web.batch"))
                .extracting(FieldReference::path)
                .containsExactly(
                        "spec.triggers.NAME.batch.mode",
                        "spec.triggers.NAME.batch.batchSize",
                        "spec.triggers.NAME.batch.timeout");
        assertThat(FieldReference.find("spec.trigers")).isEmpty();
    }

    /** A document with this field alone, without a value. */
    private static Node document(FieldReference field) {
        Node node = Node.of(null);
        String[] names = field.path().replace("runtime.NAME", "runtime.python").split("\\.");
        for (int i = names.length - 1; i >= 0; i--) {
            boolean list = names[i].endsWith("[]");
            String name = list ? names[i].substring(0, names[i].length() - 2) : names[i];
            MapNode map = (MapNode) Node.of(Map.of(name, list ? List.of(node) : node));
            boolean trigger = i == 3 && names[1].equals("triggers") && !name.equals("kind");
            node = trigger ? map.with("kind", Node.of("http")) : map;
        }
        return node;
    }
}
