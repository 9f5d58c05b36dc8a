package io.nucleon.polyglot;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.RuntimeFactory;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.process.ProcessRuntimeFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the runtimes {@code graaljs} and {@code graalpy}. Workers are threads of the processor, or, with {@code isolation: process}, JVMs of
 * their own. All functions of a factory share one engine. Safe for many threads.
 */
public final class PolyglotRuntimeFactory implements RuntimeFactory {

    private final Contexts contexts = new Contexts();
    private final ProcessRuntimeFactory workers = new ProcessRuntimeFactory();

    @Override
    public List<String> names(Path home) {
        return Arrays.stream(GuestLanguage.values()).map(GuestLanguage::runtime).toList();
    }

    @Override
    public boolean accepts(RuntimeSetting setting, RuntimeServices services) {
        return GuestLanguage.of(setting.runtime()).isPresent();
    }

    @Override
    public FunctionRuntime create(RuntimeSetting setting, RuntimeServices services) {
        GuestLanguage language = GuestLanguage.of(setting.runtime()).orElseThrow();
        GuestSetting guest = GuestSetting.of(setting, language, services.home());
        String isolation = setting.attribute("isolation", "none");
        return switch (isolation) {
            case "none" -> workers.create(setting, services, new ContextWrapper(guest, contexts, services.log()));
            case "process" -> {
                IsolatedJvm jvm = IsolatedJvm.of(setting, guest);
                yield workers.create(setting, services, jvm.command(), jvm.describe(), jvm.note());
            }
            default ->
                throw ErrorMessage.of(
                                ErrorCode.RUNTIME_ATTRIBUTE_INVALID,
                                "starting function '" + setting.name() + "' failed",
                                "runtimeAttributes.isolation is '" + isolation + "'",
                                "use none or process")
                        .toException();
        };
    }
}
