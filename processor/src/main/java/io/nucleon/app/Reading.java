package io.nucleon.app;

import io.nucleon.spec.ReadOptions;
import java.nio.file.Path;

/** How functions' files are read here: with what is installed. Stateless. */
final class Reading {

    private Reading() {}

    static ReadOptions at(Path home) {
        return ReadOptions.DEFAULT.withRuntimes(Runtimes.suggestions(home)).withTriggerKinds(Triggers.kinds(home));
    }
}
