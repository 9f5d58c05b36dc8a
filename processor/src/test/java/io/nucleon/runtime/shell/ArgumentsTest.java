package io.nucleon.runtime.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @Test
    void atBlanksIsWhatNuclioDoes() {
        assertThat(Arguments.atBlanks("")).containsExactly("");
        assertThat(Arguments.atBlanks("a")).containsExactly("a");
        assertThat(Arguments.atBlanks("a  'b c' ")).containsExactly("a", "", "'b", "c'", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a b | a,b",
                "  a   b  | a,b",
                "'a b' c | a b,c",
                "\"a b\"c | a bc",
                "a\\ b | a b",
                "'$HOME' \"$HOME\" $HOME | $HOME,$HOME,$HOME",
                "a;b&&c >e | a;b&&c,>e",
                "'it'\\''s' | it's",
                "\"a\\\"b\\n\" | a\"b\\n",
                "'a\\b' | a\\b",
                "'no end | no end",
                "a\\ | a\\"
            })
    void wordsKnowsQuotesAndNothingElse(String text, String words) {
        List<String> found = Arguments.words(text.strip());

        assertThat(String.join(",", found)).isEqualTo(words.strip());
    }

    @Test
    void wordsOfNothingAreNone() {
        assertThat(Arguments.words("")).isEmpty();
        assertThat(Arguments.words(" \t\n")).isEmpty();
        assertThat(Arguments.words("'' \"\"")).containsExactly("", "");
    }
}
