package io.nucleon.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.command.GlobalOptions.Colour;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    @ParameterizedTest
    @CsvSource({
        "AUTO,   true,  '',            true",
        "AUTO,   false, '',            false",
        "AUTO,   true,  NO_COLOR=1,    false",
        "AUTO,   true,  NO_COLOR=,     true",
        "AUTO,   false, FORCE_COLOR=1, true",
        "AUTO,   true,  FORCE_COLOR=0, false",
        "AUTO,   true,  TERM=dumb,     false",
        "ALWAYS, false, NO_COLOR=1,    true",
        "NEVER,  true,  FORCE_COLOR=1, false",
    })
    void coloursAsFlagEnvironmentAndTerminalSay(Colour flag, boolean isTerminal, String variable, boolean coloured) {
        Map<String, String> env = new HashMap<>();
        if (!variable.isEmpty()) {
            env.put(variable.replaceFirst("=.*", ""), variable.replaceFirst("[^=]*=", ""));
        }

        assertThat(terminal(isTerminal, StandardCharsets.UTF_8, env)
                        .outLook(flag)
                        .colour())
                .isEqualTo(coloured);
    }

    @Test
    void usesSymbolsOnlyWhereTheLocaleHasThem() {
        assertThat(terminal(true, StandardCharsets.UTF_8, Map.of())
                        .errLook(Colour.AUTO)
                        .unicode())
                .isTrue();
        assertThat(terminal(true, StandardCharsets.US_ASCII, Map.of())
                        .errLook(Colour.AUTO)
                        .unicode())
                .isFalse();
    }

    private static Terminal terminal(boolean isTerminal, Charset charset, Map<String, String> env) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, charset);
        return new Terminal(
                InputStream.nullInputStream(),
                false,
                nowhere,
                isTerminal,
                nowhere,
                isTerminal,
                charset,
                env,
                Path.of("/"));
    }
}
