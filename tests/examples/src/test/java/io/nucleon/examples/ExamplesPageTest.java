package io.nucleon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.support.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code examples/README.md} has a row for each example, made from the files beside them. */
class ExamplesPageTest {

    private static final Path PAGE = SourceTree.top().resolve("examples/README.md");
    private static final String HEAD = "| example | shows | in | nuclio's |\n| --- | --- | --- | --- |\n";

    @Test
    void thePageListsWhatIsThere() throws IOException {
        String page = Files.readString(PAGE);
        String table = HEAD + rows();
        if (Boolean.getBoolean("write")) {
            Files.writeString(PAGE, page.substring(0, page.indexOf(HEAD)) + table + rest(page));
        }

        assertThat(Files.readString(PAGE))
                .as("run this test with -Dwrite=true to bring the table up to date")
                .contains(table + "\n");
    }

    private static String rest(String page) {
        int end = page.indexOf("\n\n", page.indexOf(HEAD));
        return end < 0 ? "\n" : page.substring(end + 1);
    }

    private static String rows() {
        Map<String, List<Example>> byName =
                Example.all().stream().collect(Collectors.groupingBy(Example::name, TreeMap::new, Collectors.toList()));
        StringBuilder rows = new StringBuilder();
        byName.forEach((name, examples) -> {
            String languages = examples.stream()
                    .map(example -> "[" + (example.language().isEmpty() ? "hello" : example.language()) + "]("
                            + example.path() + ")")
                    .collect(Collectors.joining(" · "));
            TreeSet<String> nuclio = new TreeSet<>();
            examples.forEach(example -> nuclio.addAll(example.nuclio()));
            rows.append("| ").append(name).append(" | ");
            rows.append(examples.getFirst().about()).append(" | ");
            rows.append(languages).append(" | ");
            rows.append(String.join(", ", nuclio)).append(" |\n");
        });
        return rows.toString();
    }
}
