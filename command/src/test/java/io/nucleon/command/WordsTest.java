package io.nucleon.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

class WordsTest {
    @Test
    void findsTheVerbBehindGlobalFlagsAndTheirValues() {
        Words words = Words.of("-v", "-o", "json", "--color=never", "invoke", "orders", "-b", "x");

        assertThat(words.verb()).contains("invoke");
        assertThat(words.rest()).containsExactly("-v", "-o", "json", "--color=never", "orders", "-b", "x");
    }

    @Test
    void findsNoneWhereThereIsNone() {
        assertThat(Words.of().verb()).isEmpty();
        assertThat(Words.of("-h").verb()).isEmpty();
        assertThat(Words.of("-o").verb()).isEmpty();
        assertThat(Words.of("--", "run").verb()).isEmpty();
    }

    @Test
    void knowsEveryGlobalFlagThatTakesAValue() {
        Set<String> withValue = CommandReader.spec(Verb.VERSION).options().stream()
                .filter(option -> option.arity().max() > 0)
                .map(OptionSpec::names)
                .flatMap(Arrays::stream)
                .collect(Collectors.toSet());

        assertThat(withValue).isEqualTo(Words.WITH_VALUE);
    }

    @Test
    void agreesWithTheLauncher() throws IOException {
        Matcher list = Pattern.compile("(?m)^ +(-o \\|[^)]*)\\)").matcher(Files.readString(Path.of("..", "nucleon")));

        assertThat(list.find()).isTrue();
        assertThat(list.group(1).split(" \\| ")).containsExactlyInAnyOrderElementsOf(Words.WITH_VALUE);
    }
}
