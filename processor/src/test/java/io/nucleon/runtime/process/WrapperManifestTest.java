package io.nucleon.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import io.nucleon.program.Version;
import io.nucleon.runtime.Platform;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerTrigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrapperManifestTest {

    private static final String RUBY = """
            {"runtime": "ruby", "language": "ruby", "command": ["{wrapper}/wrapper.rb"],
             "interpreter": {"commands": ["ruby"], "version": ["-v"], "oldest": "2.7", "install": "install Ruby"}}""";

    private static final RuntimeSetting SETTING = new RuntimeSetting(
            "test",
            "tests",
            -1,
            "",
            "odd",
            "",
            Path.of("."),
            Map.of(),
            Map.of(),
            List.of(),
            new WorkerTrigger("", ""),
            Platform.LOCAL,
            false,
            1,
            1,
            "auto",
            Path.of("/bin/sh"),
            Duration.ZERO,
            Duration.ZERO);

    @TempDir
    private Path home;

    @Test
    void aFolderWithAManifestIsARuntime() throws IOException {
        write("ruby", RUBY);
        Files.createDirectories(home.resolve("wrappers/protocol"));

        WrapperManifest ruby = WrapperManifest.of("ruby", home);

        assertThat(new ProcessRuntimeFactory().names(home)).containsExactly("ruby");
        assertThat(ruby.folder()).isEqualTo(home.resolve("wrappers/ruby"));
        assertThat(ruby.command()).containsExactly("{wrapper}/wrapper.rb");
        assertThat(ruby.missing()).isEqualTo(ErrorCode.INTERPRETER_MISSING);
        assertThat(ruby.environment()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"v22.5.1, false", "v22.6.0, true", "v22.17.1, true", "v22.18.0, false", "v24.1.0, false"})
    void optionsGoToTheVersionsThatNeedThem(String version, boolean covered) throws IOException {
        write("node", """
                {"runtime": "nodejs", "language": "node", "command": ["{wrapper}/wrapper.js"],
                 "interpreter": {"commands": ["node"], "version": ["-v"], "oldest": "18.0", "install": "install it"},
                 "versions": [{"from": "22.6", "before": "22.18", "options": ["--strip"]}]}""");
        Path interpreter = Path.of("/usr/bin/node");

        WrapperManifest manifest = WrapperManifest.of("nodejs", home);
        List<String> command = new InterpretedWrapper(
                        manifest,
                        interpreter,
                        Version.parse(version).orElseThrow(),
                        Preparation.run(manifest, interpreter))
                .command();

        String script = home.resolve("wrappers/node/wrapper.js").toString();
        assertThat(command)
                .isEqualTo(covered ? List.of("/usr/bin/node", "--strip", script) : List.of("/usr/bin/node", script));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "{\"runtime\": \"x\", \"language\": \"x\"}"})
    void aBrokenManifestIsNamed(String json) throws IOException {
        write("broken", json);

        assertThatThrownBy(() -> new ProcessRuntimeFactory().names(home))
                .isInstanceOf(NucleonException.class)
                .hasMessageContaining("wrappers/broken/wrapper.json");
    }

    @Test
    void commandAndEnvironmentMayNameWhatThePreparationPrints() throws IOException {
        InterpretedWrapper wrapper = InterpretedWrapper.find(
                prepared("echo noise; echo folder=$0/made; echo 9x=no"), SETTING, new KnownInterpreters());

        Path folder = home.resolve("wrappers/odd");
        assertThat(wrapper.command()).containsExactly("/bin/sh", folder + "/made/main", "{9x}");
        assertThat(wrapper.environment()).isEqualTo(Map.of("SHELL_OF", "/bin/sh"));
        assertThat(wrapper.describe()).isEqualTo("odd 12.10.1");
    }

    @Test
    void aPreparationThatFailsSaysWhy() throws IOException {
        WrapperManifest told =
                prepared("echo noise; echo '{\\\"code\\\":\\\"NUC-4002\\\",\\\"title\\\":\\\"no SDK\\\"}'; exit 1");
        WrapperManifest silent = prepared("echo whatever went wrong >&2; exit 7");

        assertThatThrownBy(() -> InterpretedWrapper.find(told, SETTING, new KnownInterpreters()))
                .hasMessageContaining("NUC-4002 no SDK");
        assertThatThrownBy(() -> InterpretedWrapper.find(silent, SETTING, new KnownInterpreters()))
                .hasMessageContaining("NUC-4010")
                .hasMessageContaining("whatever went wrong");
    }

    @Test
    void anInterpreterIsAskedOnceUntilItIsExchanged() throws IOException {
        WrapperManifest manifest = prepared("true");
        KnownInterpreters known = new KnownInterpreters();
        Path asked = home.resolve("asked");
        Path interpreter = home.resolve("interpreter");
        script(interpreter, "echo x >> " + asked + "; echo Core 12.3.0");

        assertThat(known.versionOf(manifest, interpreter))
                .hasValueSatisfying(version -> assertThat(version.text()).isEqualTo("12.3.0"));
        known.versionOf(manifest, interpreter);
        assertThat(asked).hasContent("x");

        script(interpreter, "echo x >> " + asked + "; echo another; echo Core 12.4.0");
        assertThat(known.versionOf(manifest, interpreter))
                .hasValueSatisfying(version -> assertThat(version.text()).isEqualTo("12.4.0"));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** A wrapper whose interpreter is a shell that tells several versions. */
    private WrapperManifest prepared(String script) throws IOException {
        write("odd", """
                {"runtime": "odd", "language": "odd", "command": ["{folder}/main", "{9x}"],
                 "environment": {"SHELL_OF": "{interpreter}"},
                 "prepare": ["{interpreter}", "-c", "%s", "{wrapper}"],
                 "interpreter": {"commands": ["sh"], "oldest": "12.2", "install": "none",
                   "version": ["-c", "echo Core 3.1.2; echo Other 99.1; echo Core 12.10.1; echo Core 12.9.4"],
                   "pattern": "Core (\\\\S+)"}}""".formatted(script));
        return WrapperManifest.of("odd", home);
    }

    @ParameterizedTest
    @CsvSource({
        "3.13.5, 3.9, true",
        "3.9.0, 3.9, true",
        "3.8.19, 3.9, false",
        "v22.9.0, 18, true",
        "v8.0.0, 18.0, false",
        "3.1.102, 3.1, true",
        "4, 3.9, true",
        "2.7.18+, 3.9, false",
        "3.14.0rc1, 3.9, true"
    })
    void versionsAreComparedByNumber(String found, String oldest, boolean enough) {
        Version version = Version.parse(found + "\n").orElseThrow();

        assertThat(version.isAtLeast(Version.parse(oldest).orElseThrow())).isEqualTo(enough);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "node", "v", "99999999999.1", "3.9 and more"})
    void whatIsNoVersionIsRefused(String text) {
        assertThat(Version.parse(text)).isEmpty();
    }

    private void write(String language, String json) throws IOException {
        Path folder = Files.createDirectories(home.resolve("wrappers").resolve(language));
        Files.writeString(folder.resolve("wrapper.json"), json);
    }
}
