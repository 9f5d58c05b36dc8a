package io.nucleon.app;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.RuntimeFactory;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.jvm.JvmRuntimeFactory;
import io.nucleon.runtime.process.ProcessRuntimeFactory;
import io.nucleon.spec.RuntimeName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The runtimes of this installation: the built-in ones, then what {@link ServiceLoader} finds. */
final class Runtimes {

    private Runtimes() {}

    /** Names for {@code spec.runtime}, sorted. */
    static List<String> names(Path home) {
        return factories().stream()
                .flatMap(factory -> factory.names(home).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The same in the order in which messages list them: the ones that everybody knows first. */
    static List<String> suggestions(Path home) {
        List<String> names = names(home);
        return Stream.concat(RuntimeName.KNOWN.stream().filter(names::contains), names.stream())
                .distinct()
                .toList();
    }

    /** @throws io.nucleon.error.NucleonException NUC-1xxx if nothing runs it, NUC-4xxx if what it needs is missing */
    static FunctionRuntime create(RuntimeSetting setting, RuntimeServices services) {
        return factories().stream()
                .filter(factory -> factory.accepts(setting, services))
                .findFirst()
                .orElseThrow(() -> ErrorMessage.of(
                                ErrorCode.RUNTIME_UNSUPPORTED,
                                "runtime '" + setting.runtime() + "' is not in this version",
                                "no runtime on the class path takes it",
                                "keep this one on nuclio, or port the handler; here: "
                                        + String.join(", ", suggestions(services.home())))
                        .toException())
                .create(setting, services);
    }

    private static List<RuntimeFactory> factories() {
        List<RuntimeFactory> factories = new ArrayList<>(List.of(new ProcessRuntimeFactory(), new JvmRuntimeFactory()));
        ServiceLoader.load(RuntimeFactory.class).forEach(factories::add);
        return factories;
    }
}
