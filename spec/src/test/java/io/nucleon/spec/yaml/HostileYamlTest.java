package io.nucleon.spec.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.Problems;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileYamlTest {
    private final Problems problems = new Problems();
    private final YamlReader reader = new YamlReader("function.yaml", Limits.DEFAULT, problems);

    @Test
    void refusesWhatIsLargerThanTheLimit() {
        assertRefused("a: " + "x".repeat(1 << 20), ErrorCode.CONFIG_TOO_LARGE, 0);
    }

    @Test
    void readsNoMoreOfAFileThanTheLimit(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("function.yaml"), new byte[(1 << 20) + 1]);

        assertThat(reader.text(file)).isEmpty();

        assertThat(codes()).containsExactly(ErrorCode.CONFIG_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void refusesWhatLiesTooDeep(String opening) {
        assertRefused(opening.repeat(100_000), ErrorCode.CONFIG_TOO_LARGE, 1);
    }

    @Test
    void takesADocumentOfAllowedDepth() {
        assertThat(reader.read("[".repeat(64) + "]".repeat(64))).isPresent();
    }

    @Test
    void refusesAliasesThatMultiply() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            String use = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]\n"
                    .formatted(i, i, String.join(", ", List.of(use, use, use, use, use, use, use, use))));
        }

        assertRefused(bomb.toString(), ErrorCode.CONFIG_TOO_LARGE, 6);
    }

    @Test
    void refusesMergesThatMultiply() {
        var bomb = new StringBuilder("a: &a {");
        for (int i = 0; i < 1000; i++) {
            bomb.append("k").append(i).append(": 1, ");
        }
        bomb.append("}\nb:\n");
        bomb.append("- {<<: *a}\n".repeat(10_000));

        assertRefused(bomb.toString(), ErrorCode.CONFIG_TOO_LARGE, 100);
    }

    @Test
    void refusesMoreValuesThanTheLimit() {
        assertRefused("[" + "a,".repeat(100_001) + "]", ErrorCode.CONFIG_TOO_LARGE, 1);
    }

    @Test
    void refusesAnAliasOfTheValueItStandsIn() {
        assertRefused("a: &a [*a]", ErrorCode.YAML_INVALID, 1);
    }

    @Test
    void refusesAnUnknownAlias() {
        assertRefused("a: 1\nb: *nothing", ErrorCode.YAML_INVALID, 2);
    }

    @Test
    void refusesAMappingAsKey() {
        assertRefused("{a: 1}: b", ErrorCode.YAML_INVALID, 1);
    }

    @Test
    void refusesControlCharacters() {
        assertRefused("a: b\nc: d\0e", ErrorCode.CONFIG_NOT_TEXT, 2);

        assertThat(problems.list().getFirst().column()).isEqualTo(5);
        assertThat(problems.list().getFirst().why()).contains("U+0000");
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        byte[] bytes = "a: b\nname: M\u00fcller".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(reader.decode(bytes)).isEmpty();

        assertThat(codes()).containsExactly(ErrorCode.CONFIG_NOT_TEXT);
        assertThat(problems.list().getFirst().what()).isEqualTo("function.yaml:2:8 is not text");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() {
        assertThat(reader.read("\uFEFFa: b").orElseThrow().plain()).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void reportsEveryRepeatedKeyAndGoesOn() {
        Optional<Node> node = reader.read("a: 1\na: 2\nb: {c: 1, c: 2}\n");

        assertThat(node).isPresent();
        assertThat(codes()).containsExactly(ErrorCode.KEY_REPEATED, ErrorCode.KEY_REPEATED);
        assertThat(problems.list()).extracting(Problem::line).containsExactly(2, 3);
    }

    @Test
    void hugeNumbersStayTexts() {
        MapNode map = (MapNode) reader.read("a: " + "9".repeat(500_000) + "\nb: 1e999999999\nc: 0x" + "f".repeat(30))
                .orElseThrow();

        assertThat(map.plain().get("a")).isInstanceOf(String.class);
        assertThat(map.plain().get("b")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(map.plain().get("c")).isInstanceOf(BigInteger.class);
    }

    @Test
    void saysThatAFolderIsNoFile(@TempDir Path folder) {
        assertThat(reader.text(folder)).isEmpty();

        assertThat(problems.list().getFirst().oneLine())
                .isEqualTo("NUC-1001 function.yaml can't be read: it is a folder; fix: check the path and its rights");
    }

    @Test
    void keepsNoMoreProblemsThanAnybodyReads() {
        var text = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            text.append("a: ").append(i).append('\n');
        }

        reader.read(text.toString());

        assertThat(problems.list()).hasSize(Problems.LIMIT);
        assertThat(problems.dropped()).isEqualTo(999 - Problems.LIMIT);
    }

    private void assertRefused(String text, ErrorCode code, int line) {
        assertThat(reader.read(text)).isEmpty();

        assertThat(codes()).containsExactly(code);
        assertThat(problems.list().getFirst().line()).isEqualTo(line);
        assertThat(problems.list().getFirst().fix()).isNotEmpty();
    }

    private List<ErrorCode> codes() {
        return problems.list().stream().map(Problem::code).toList();
    }
}
