package io.nucleon.runtime.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.NucleonException;
import io.nucleon.runtime.JvmOptions;
import io.nucleon.runtime.RuntimeSetting;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmRuntimeFactoryTest {

    private static RuntimeSetting with(String attribute, Object value) {
        return new TestFunction.Setting(Path.of("."))
                .attribute(attribute, value)
                .build();
    }

    @Test
    void leavesFunctionsWithAProcessOfTheirOwnToOthers() {
        JvmRuntimeFactory factory = new JvmRuntimeFactory();

        assertThat(factory.accepts(new TestFunction.Setting(Path.of(".")).build(), null))
                .isTrue();
        assertThat(factory.accepts(with("isolation", "thread"), null)).isTrue();
        assertThat(factory.accepts(with("isolation", "process"), null)).isFalse();
    }

    @Test
    void readsJvmOptions() {
        assertThat(JvmOptions.of(with("jvmOptions", List.of("-Xmx64m", "-ea")))).containsExactly("-Xmx64m", "-ea");
        assertThat(JvmOptions.of(with("other", 1))).isEmpty();
    }

    @Test
    void refusesOptionsThatAreNoListOfText() {
        assertThatThrownBy(() -> JvmOptions.of(with("jvmOptions", "-Xmx64m")))
                .isInstanceOf(NucleonException.class)
                .hasMessageContaining("NUC-4033 starting function 'orders' failed: jvmOptions is not a list");
        assertThatThrownBy(() -> JvmOptions.of(with("jvmOptions", List.of(64))))
                .isInstanceOf(NucleonException.class)
                .hasMessageContaining("jvmOptions 0 is not a string");
    }
}
