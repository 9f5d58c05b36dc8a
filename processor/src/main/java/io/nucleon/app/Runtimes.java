package io.nucleon.app;

import io.nucleon.chaos.Chaos;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.RuntimeFactory;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.jvm.JvmRuntimeFactory;
import io.nucleon.runtime.process.ProcessRuntimeFactory;
import io.nucleon.runtime.shell.ShellRuntimeFactory;
import io.nucleon.spec.RuntimeName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The runtimes of this installation: the built-in ones, those on the class path, then the plug-ins in {@code lib/} of the distribution, each
 * of which is loaded once for a host, when a function first asks for it. Safe for many threads.
 */
final class Runtimes {

    private static final String FOLDER = "lib";

    private final List<RuntimeFactory> present = factories();
    private final Map<PlugIns.PlugIn, List<RuntimeFactory>> loaded = new HashMap<>();
    private final Chaos chaos;

    /** @param chaos strikes the workers of all of them; null for nothing */
    Runtimes(Chaos chaos) {
        this.chaos = chaos;
    }

    /** Names for {@code spec.runtime}, sorted. */
    static List<String> names(Path home) {
        return Stream.concat(
                        factories().stream().flatMap(factory -> factory.names(home).stream()),
                        plugIns(home).stream().flatMap(one -> one.kinds().stream()))
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
    FunctionRuntime create(RuntimeSetting setting, RuntimeServices services) {
        FunctionRuntime runtime = factory(setting, services).create(setting, services);
        return chaos == null ? runtime : chaos.around(setting.name(), runtime);
    }

    private RuntimeFactory factory(RuntimeSetting setting, RuntimeServices services) {
        return Stream.concat(
                        present.stream(),
                        plugIns(services.home()).stream()
                                .filter(one -> one.kinds().contains(setting.runtime()))
                                .flatMap(one -> factoriesOf(one).stream()))
                .filter(factory -> factory.accepts(setting, services))
                .findFirst()
                .orElseThrow(() -> ErrorMessage.of(
                                ErrorCode.RUNTIME_UNSUPPORTED,
                                "runtime '" + setting.runtime() + "' is not in this version",
                                "no runtime on the class path takes it",
                                "keep this one on nuclio, or port the handler; here: "
                                        + String.join(", ", suggestions(services.home())))
                        .toException());
    }

    private static List<PlugIns.PlugIn> plugIns(Path home) {
        return PlugIns.below(home.resolve(FOLDER));
    }

    private synchronized List<RuntimeFactory> factoriesOf(PlugIns.PlugIn plugIn) {
        return loaded.computeIfAbsent(plugIn, one -> PlugIns.load(one, RuntimeFactory.class));
    }

    private static List<RuntimeFactory> factories() {
        List<RuntimeFactory> factories = new ArrayList<>(
                List.of(new ProcessRuntimeFactory(), new JvmRuntimeFactory(), new ShellRuntimeFactory()));
        ServiceLoader.load(RuntimeFactory.class).forEach(factories::add);
        return factories;
    }
}
