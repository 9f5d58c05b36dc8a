package io.nucleon.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of runtimes and handlers. */
class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "python, python, ''",
        "python:3.11, python, 3.11",
        "'nodejs:22:alpine', nodejs, 22:alpine",
        "'', '', ''",
        "' java ', java, ''"
    })
    void aRuntimeIsSplitAtItsFirstColon(String text, String name, String version) {
        assertThat(RuntimeName.parse(text)).isEqualTo(new RuntimeName(name, version));
    }

    @ParameterizedTest
    @CsvSource({
        "a.py, python",
        "a.JS, nodejs",
        "A.cs, dotnetcore",
        "A.java, java",
        "a.go, golang",
        "a.sh, shell",
        "a.b.rb, ruby"
    })
    void aFilesExtensionTellsItsRuntime(String file, String name) {
        assertThat(RuntimeName.ofFile(file).orElseThrow().name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"py", "a", "a.txt", "", "."})
    void otherFilesTellNone(String file) {
        assertThat(RuntimeName.ofFile(file)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"python, #", "shell, #", "ruby, #", "nodejs, //", "java, //", "dotnetcore, //", "golang, //"})
    void commentsBeginWithTheLanguagesMarker(String runtime, String marker) {
        assertThat(RuntimeName.parse(runtime).commentMarker()).isEqualTo(marker);
    }

    @ParameterizedTest
    @CsvSource({
        "python, main:handler",
        "python, pkg.mod-a:run_1",
        "nodejs, main.js:handler",
        "nodejs, handler",
        "nodejs, lib/a.js:b",
        "java, com.example.Reverser",
        "java, 'x:com.example.Reverser'",
        "dotnetcore, 'Shop.Bill:Write'",
        "shell, 'a.sh:b:c'",
        "ruby, main:handler",
        "unknown, anything"
    })
    void takesHandlersThatNuclioTakes(String runtime, String handler) {
        assertThat(HandlerName.fault(RuntimeName.parse(runtime), handler)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "python, handler",
        "python, 'a:b:c'",
        "python, 'a..b:c'",
        "python, '.a:b'",
        "python, 'a:'",
        "python, 'a b:c'",
        "nodejs, 'a$.js:b'",
        "nodejs, 'a:'",
        "ruby, handler",
        "java, 'a:b:c'"
    })
    void refusesHandlersThatNuclioRefuses(String runtime, String handler) {
        assertThat(HandlerName.fault(RuntimeName.parse(runtime), handler)).isPresent();
    }

    @Test
    void aHandlerWithoutColonIsAnEntrypoint() {
        assertThat(HandlerName.parse("Reverser")).contains(new HandlerName("", "Reverser"));
        assertThat(HandlerName.parse("a : b")).contains(new HandlerName("a", "b"));
        assertThat(HandlerName.parse("a:b:c")).isEmpty();
    }
}
