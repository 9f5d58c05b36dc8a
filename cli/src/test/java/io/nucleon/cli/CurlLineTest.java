package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurlLineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                "a b",
                "it's",
                "$(touch x)",
                "`x`",
                "a\nb",
                "\\",
                "!",
                "*",
                "~",
                "-x",
                "é",
                "\"",
                ";"
            })
    void quotesSoThatAShellSeesOneWord(String word) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + CurlLine.quoted(word)).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(word);
        assertThat(shell.waitFor()).isZero();
    }
}
