package io.nucleon.spec.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.problem.Problems;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written is what is read, whatever it holds. A failing seed is printed by jqwik and belongs into an example. */
class RoundTripTest {
    private static final int DEPTH = 3;

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void yamlReadsBackAsItWasWritten(@ForAll("values") Object value) {
        String text = NodeWriter.yaml(Node.of(value));

        assertThat(read(text)).as(text).isEqualTo(value);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void jsonReadsBackAsItWasWritten(@ForAll("values") Object value) {
        String text = NodeWriter.json(Node.of(value));

        assertThat(read(text)).as(text).isEqualTo(value);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatWasReadIsWrittenTheSameWayAgain(@ForAll("values") Object value) {
        String once = NodeWriter.yaml(Node.of(value));

        assertThat(NodeWriter.yaml(node(once))).isEqualTo(once);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void noTextCrashesTheReader(@ForAll("documents") String text) {
        var problems = new Problems();

        boolean read =
                new YamlReader("a.yaml", Limits.DEFAULT, problems).read(text).isPresent();

        assertThat(read)
                .isEqualTo(problems.list().stream()
                        .noneMatch(problem -> problem.isError() && problem.code() != ErrorCode.KEY_REPEATED));
    }

    @Provide
    Arbitrary<Object> values() {
        return values(DEPTH);
    }

    /** Pieces that mean something in YAML, in any order. */
    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.of(
                        "a",
                        ": ",
                        ":",
                        "\n",
                        "  ",
                        "- ",
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        "\"",
                        "'",
                        "#",
                        "&x ",
                        "*x",
                        "|",
                        ">",
                        "\t",
                        "? ",
                        "!!str ",
                        "<<: ",
                        "%YAML 1.2",
                        "---\n",
                        "...\n",
                        "\\",
                        "@",
                        "`",
                        "\u0085",
                        "\uD800",
                        "\0",
                        "ä")
                .list()
                .ofMaxSize(40)
                .map(pieces -> String.join("", pieces));
    }

    private Arbitrary<Object> scalars() {
        Arbitrary<Object> texts = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars("\n\t\r:#-'\"\\{}[]&*!|>%@`ä€\u0085\u2028\u00a0")
                .ofMaxLength(20)
                .map(text -> (Object) text);
        Arbitrary<Object> words = Arbitraries.of(
                "", " ", "~", "null", "true", "yes", "on", "0", "0644", "1.5", "1e3", ".inf", "0x1f", "-", "---",
                "a: b", "a #b", "- a", " a", "a ", "a\n", "a\n\n", "\na", "a\n b\n", "=", "<<");
        return Arbitraries.oneOf(
                texts,
                words,
                Arbitraries.longs().map(number -> (Object) number),
                Arbitraries.doubles().between(-1e15, 1e15).ofScale(5).map(number -> (Object) number),
                Arbitraries.of(true, false).map(bool -> (Object) bool));
    }

    private Arbitrary<Object> values(int depth) {
        return depth == 0 ? scalars() : Arbitraries.oneOf(scalars(), lists(depth - 1), maps(depth - 1));
    }

    private Arbitrary<Object> lists(int depth) {
        return values(depth).list().ofMaxSize(4).map(list -> (Object) List.copyOf(list));
    }

    private Arbitrary<Object> maps(int depth) {
        Arbitrary<String> keys = scalars().filter(String.class::isInstance).map(String.class::cast);
        return Arbitraries.maps(keys, values(depth)).ofMaxSize(4).map(map -> (Object) Map.copyOf(map));
    }

    private static Object read(String text) {
        return node(text).plain();
    }

    private static Node node(String text) {
        var problems = new Problems();
        return new YamlReader("a.yaml", Limits.DEFAULT, problems)
                .read(text)
                .orElseThrow(() -> new AssertionError(problems.list() + "\n" + text));
    }
}
