package io.nucleon.polyglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the code of a context can't do. */
class IsolationTest {

    private static Contexts contexts;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeEngine() {
        contexts = new Contexts();
    }

    @AfterAll
    static void closeEngine() {
        contexts.close();
    }

    private Context open(GuestLanguage language) {
        GuestOutput nowhere = new GuestOutput(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        GuestSetting setting = TestSetting.of(language, folder);
        return contexts.open(setting, nowhere).context();
    }

    private String python(String expression) {
        try (Context context = open(GuestLanguage.PYTHON)) {
            return context.eval("python", "str(" + expression + ")").asString();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Java", "Packages", "java", "Polyglot", "load", "print", "quit", "WebAssembly"})
    void javaScriptHasNoWayOut(String name) {
        try (Context context = open(GuestLanguage.JAVASCRIPT)) {
            assertThat(context.eval("js", "typeof " + name).asString()).isEqualTo("undefined");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__import__('java').type('java.lang.System')",
                "__import__('polyglot').eval(language='js', string='1')",
                "__import__('os').system('true')",
                "__import__('subprocess').run(['true'])",
                "__import__('ctypes').CDLL(None)",
                "__import__('socket').create_connection(('127.0.0.1', 1))",
                "open('/etc/passwd')",
                "__import__('os').listdir('/')",
                "open('made.txt', 'w')",
                "__import__('os').symlink('/etc/passwd', 'link')"
            })
    void pythonHasNoWayOut(String expression) {
        assertThatThrownBy(() -> python(expression)).isInstanceOf(PolyglotException.class);
    }

    @Test
    void seesOnlyTheEnvironmentThatWasGranted() {
        assertThat(python("__import__('os').environ.get('GRANTED')")).isEqualTo("yes");
        assertThat(python("__import__('os').environ.get('PATH')")).isEqualTo("None");
    }

    @Test
    void readsItsOwnFolder() throws IOException {
        Files.writeString(folder.resolve("data.txt"), "data");

        assertThat(python("open('data.txt').read()")).isEqualTo("data");
    }
}
