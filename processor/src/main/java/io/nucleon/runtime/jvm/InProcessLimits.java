package io.nucleon.runtime.jvm;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Severity;
import io.nucleon.runtime.JvmOptions;
import io.nucleon.runtime.Platform;
import io.nucleon.runtime.RuntimeSetting;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which settings of a function can't hold in the processor's own process. Stateless. */
final class InProcessLimits {

    private static final Logger LOG = LoggerFactory.getLogger(InProcessLimits.class);

    private InProcessLimits() {}

    /** Warns of settings without effect; throws NUC-4033 for wrong ones. */
    static void check(RuntimeSetting setting) {
        List<String> options = JvmOptions.of(setting);
        if (!options.isEmpty()) {
            warn(setting, "jvmOptions " + options, "the processor's JVM runs already");
        }
        List<String> unseen = setting.environment().entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("NUCLIO_"))
                .filter(entry -> !entry.getKey().equals(Platform.URLS_VARIABLE)) // the context has them
                .filter(entry -> !entry.getValue().equals(System.getenv(entry.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!unseen.isEmpty()) {
            warn(setting, "env " + unseen, "a running process keeps the environment that it was started with");
        }
    }

    private static void warn(RuntimeSetting setting, String what, String why) {
        LOG.warn(
                "{}",
                ErrorMessage.of(
                                ErrorCode.NOT_IN_PROCESS,
                                what + " of function '" + setting.name() + "' has no effect",
                                why + ", and the handler runs in it",
                                "set runtimeAttributes.isolation: process")
                        .as(Severity.WARNING)
                        .line());
    }
}
