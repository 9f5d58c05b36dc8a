package io.nucleon.app;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.spec.trigger.TriggerKind;
import io.nucleon.trigger.TriggerFactory;
import io.nucleon.trigger.cron.CronTriggerFactory;
import io.nucleon.trigger.http.HttpTriggerFactory;
import io.nucleon.trigger.kickstart.KickstartTriggerFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The kinds of triggers of this installation: the built-in ones, those on the class path, then the plug-ins in {@code triggers/} of the
 * distribution, which are loaded when they are first asked for.
 */
final class Triggers {

    private static final String FOLDER = "triggers";
    private static final List<TriggerFactory> BUILT_IN =
            List.of(new HttpTriggerFactory(), new CronTriggerFactory(), new KickstartTriggerFactory());

    private Triggers() {}

    /** Names that a file may give as {@code kind}, in the order in which messages list them. */
    static List<String> kinds(Path home) {
        List<PlugIns.PlugIn> plugIns = PlugIns.below(home.resolve(FOLDER));
        return TriggerKind.names().stream()
                .filter(kind -> onClassPath().anyMatch(factory -> factory.accepts(kind))
                        || plugIns.stream().anyMatch(one -> one.kinds().contains(kind)))
                .toList();
    }

    /** Whether its events come from somewhere else. */
    static boolean needsBroker(io.nucleon.spec.trigger.Trigger spec) {
        return BUILT_IN.stream().noneMatch(factory -> factory.accepts(spec.kind()));
    }

    /** @throws io.nucleon.error.NucleonException NUC-1xxx if nothing here makes triggers of that kind */
    static TriggerFactory factoryFor(io.nucleon.spec.trigger.Trigger spec, Path home) {
        String kind = spec.kind();
        return Stream.concat(
                        onClassPath(),
                        PlugIns.below(home.resolve(FOLDER)).stream()
                                .filter(one -> one.kinds().contains(kind))
                                .flatMap(one -> PlugIns.load(one, TriggerFactory.class).stream()))
                .filter(factory -> factory.accepts(kind))
                .findFirst()
                .orElseThrow(() -> ErrorMessage.of(
                                ErrorCode.TRIGGER_KIND_UNKNOWN,
                                "starting trigger '" + spec.name() + "' failed",
                                "kind '" + kind + "' is not in this version",
                                "remove the trigger; kinds here: " + String.join(", ", kinds(home)))
                        .toException());
    }

    private static Stream<TriggerFactory> onClassPath() {
        return Stream.concat(
                BUILT_IN.stream(),
                ServiceLoader.load(TriggerFactory.class).stream().map(ServiceLoader.Provider::get));
    }
}
