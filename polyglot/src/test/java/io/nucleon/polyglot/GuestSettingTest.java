package io.nucleon.polyglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.NucleonException;
import io.nucleon.runtime.Platform;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerTrigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuestSettingTest {

    private static GuestSetting read(Map<String, Object> polyglot) {
        RuntimeSetting setting = new RuntimeSetting(
                "orders",
                "nuclio",
                3,
                "takes orders",
                "graaljs",
                "main:handler",
                Path.of("/orders"),
                Map.of("A", "1"),
                polyglot == null ? Map.of() : Map.of("polyglot", polyglot),
                List.of(),
                new WorkerTrigger("http", "default-http"),
                Platform.LOCAL,
                false,
                1,
                1,
                "auto",
                null,
                Duration.ZERO,
                Duration.ZERO);
        return GuestSetting.of(setting, GuestLanguage.JAVASCRIPT, Path.of("/home"));
    }

    @Test
    void defaults() {
        GuestSetting setting = read(null);

        assertThat(setting.files()).isEqualTo(GuestSetting.Files.RO);
        assertThat(setting.network()).isEqualTo(GuestSetting.Network.FUNCTIONS);
        assertThat(setting.statements()).isZero();
        assertThat(setting.heapMegabytes()).isEqualTo(512);
    }

    @Test
    void readsEveryKey() {
        GuestSetting setting = read(Map.of("files", "rw", "network", "any", "statements", 5000, "memory", 128));

        assertThat(setting.files()).isEqualTo(GuestSetting.Files.RW);
        assertThat(setting.network()).isEqualTo(GuestSetting.Network.ANY);
        assertThat(setting.statements()).isEqualTo(5000);
        assertThat(setting.heapMegabytes()).isEqualTo(128);
    }

    @Test
    void theEnvironmentIsTheFunctionsOwn() {
        assertThat(read(null).environment())
                .containsEntry("A", "1")
                .containsEntry("NUCLIO_FUNCTION_NAME", "orders")
                .doesNotContainKey("PATH");
    }

    @Test
    void saysWhatIsWrong() {
        assertRefused(Map.of("file", "rw"), "polyglot has no 'file'", "files");
        assertRefused(Map.of("files", "rx"), "polyglot.files is 'rx'", "did you mean 'ro'?");
        assertRefused(Map.of("memory", 1), "polyglot.memory is '1'", "from 64 on (MiB)");
        assertRefused(Map.of("statements", "many"), "polyglot.statements is 'many'", "whole number");
    }

    private static void assertRefused(Map<String, Object> polyglot, String why, String fix) {
        assertThatThrownBy(() -> read(polyglot)).isInstanceOfSatisfying(NucleonException.class, refused -> {
            assertThat(refused.error().code().code()).isEqualTo("NUC-4033");
            assertThat(refused.error().line()).contains(why, fix);
        });
    }
}
