package io.nucleon.tests.kit;

import io.nucleon.kit.CheckedWrapper;
import io.nucleon.kit.Kit;
import io.nucleon.kit.KitSetting;
import io.nucleon.kit.Verdict;
import io.nucleon.support.SourceTree;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs the kit as the command does. Stateless. */
final class Checks {

    private Checks() {}

    /** A wrapper of the tree by its folder. */
    static CheckedWrapper folder(String language) {
        return CheckedWrapper.find(
                SourceTree.top(),
                Optional.of("wrappers/" + language),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A wrapper by its command, with the checker function of a language. */
    static CheckedWrapper command(String command, String checker) {
        return CheckedWrapper.find(
                SourceTree.top(),
                Optional.empty(),
                Optional.of(command),
                Optional.of("wrappers/" + checker + "/checker"),
                Optional.empty());
    }

    /** All verdicts; that of the opening alone if the wrapper does not even greet. */
    static List<Verdict> run(CheckedWrapper wrapper, List<String> ways, Set<String> only, Duration patience) {
        KitSetting setting = new KitSetting(
                wrapper.command(),
                wrapper.environment(),
                wrapper.functions(),
                wrapper.handler(),
                wrapper.asyncHandler(),
                ways,
                only,
                patience,
                Clock.systemUTC());
        List<Verdict> verdicts = new ArrayList<>();
        try (Kit kit = new Kit(setting)) {
            switch (kit.open()) {
                case Kit.Opening.Refused refused -> verdicts.add(refused.verdict());
                case Kit.Opening.Greeted greeted -> kit.check(greeted.introduction(), verdicts::add);
            }
        }
        return verdicts;
    }
}
