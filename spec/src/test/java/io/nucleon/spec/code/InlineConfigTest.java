package io.nucleon.spec.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.Read;
import io.nucleon.spec.ReadOptions;
import io.nucleon.spec.problem.Problem;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InlineConfigTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "# @nuclio.configure",
                "#@nuclio.configure",
                "#      @nuclio.configure",
                "  # @nuclio.configure",
                "# @ nuclio . configure"
            })
    void findsTheBlockHoweverItsFirstLineIsSpaced(String start) {
        String source = "import os\n" + start
                + "\n#\n# function.yaml:\n#   metadata:\n#     name: a\n\ndef handler(c, e): pass\n";

        assertThat(read(source, "#").value().name()).isEqualTo("a");
    }

    @Test
    void readsBlocksOfTheOtherLanguages() {
        String source =
                "// @nuclio.configure\n//\n// function.yaml:\n//   spec:\n//     description: 'a // b'\nexports.a = 1;\n";

        assertThat(read(source, "//").value().spec().description()).isEqualTo("a // b");
    }

    @Test
    void readsABlockThatReachesTheEndOfTheFile() {
        assertThat(read("# @nuclio.configure\n# function.yaml:\n#   metadata: {name: a}", "#")
                        .value()
                        .name())
                .isEqualTo("a");
    }

    @Test
    void readsABlockWithoutSpacesBehindTheMarker() {
        String source = "#@nuclio.configure\n#function.yaml:\n#  metadata:\n#    name: a\nx = 1\n";

        assertThat(read(source, "#").value().name()).isEqualTo("a");
    }

    @Test
    void readsAnIndentedBlock() {
        String source =
                "class A:\n    # @nuclio.configure\n    # function.yaml:\n    #   metadata: {name: a}\n    pass\n";

        assertThat(read(source, "#").value().name()).isEqualTo("a");
    }

    @Test
    void readsABlockWithTabsBehindTheMarker() {
        String source = "//@nuclio.configure\n//\tfunction.yaml:\n//\t  metadata: {name: a}\n";

        assertThat(read(source, "//").value().name()).isEqualTo("a");
    }

    @Test
    void anotherBlockOrALineOfCodeEndsTheBlock() {
        String source =
                "# @nuclio.configure\n# function.yaml:\n#   metadata: {name: a}\n# @nuclio.other\n# function.yaml: {}\n";

        assertThat(read(source, "#").value().name()).isEqualTo("a");
        assertThat(read("# @nuclio.configure\n# function.yaml:\n\n#   metadata: {name: a}\n", "#")
                        .value()
                        .name())
                .isEmpty();
    }

    @Test
    void placesAreThoseOfTheSourceFile() {
        String source = "import os\n\n# @nuclio.configure\n# function.yaml:\n#   spec:\n#     version: two\n";

        Problem problem = read(source, "#").problems().getFirst();

        assertThat(problem.what()).isEqualTo("main.py:6 spec.version is not a whole number");
        assertThat(problem.column()).isEqualTo(16);
    }

    @Test
    void saysWhereTheYamlIsBroken() {
        String source = "import os\n# @nuclio.configure\n# function.yaml:\n#   a: b: c\n";

        assertThat(read(source, "#").problems().getFirst().what()).isEqualTo("main.py:4:9 is not valid YAML");
    }

    @Test
    void warnsOfABlockWithoutAFunction() {
        Read<FunctionConfig> read = read("a = 1\n# @nuclio.configure\n# functon.yaml:\n#   metadata: {name: a}\n", "#");

        assertThat(read.isOk()).isTrue();
        assertThat(read.problems().getFirst().oneLine())
                .isEqualTo(
                        "NUC-1030 main.py:2 begins a block without a function: it has only: functon.yaml; fix: write "
                                + "'function.yaml:' on its first line, and the function below it, two spaces deeper");
    }

    @Test
    void aFileWithoutABlockHasNone() {
        assertThat(InlineConfig.read("# nuclio.configure\n", "main.py", "#", ReadOptions.DEFAULT))
                .isEmpty();
        assertThat(InlineConfig.read("x".repeat(100_000), "main.py", "#", ReadOptions.DEFAULT))
                .isEmpty();
    }

    private static Read<FunctionConfig> read(String source, String marker) {
        Optional<Read<FunctionConfig>> read = InlineConfig.read(source, "main.py", marker, ReadOptions.DEFAULT);
        assertThat(read).isPresent();
        return read.get();
    }
}
