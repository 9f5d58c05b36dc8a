package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the README to code that compiles and passes. */
class ReadmeTest {

    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void showsTheHandlerAndTheTestOfTheSamples() throws IOException {
        List<String> blocks = JAVA_BLOCK
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();

        assertThat(blocks).containsExactly(sample("Greeter"), sample("GreeterTest"));
    }

    private static String sample(String name) throws IOException {
        return Files.readString(Path.of("src/test/java/samples", name + ".java"))
                .replace("package samples;\n\n", "");
    }
}
