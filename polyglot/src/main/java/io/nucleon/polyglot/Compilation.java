package io.nucleon.polyglot;

import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the Graal compiler is there, as banners say it. Stateless. */
final class Compilation {

    private Compilation() {}

    /** {@code graaljs 25.0.2, compiled}. */
    static String describe(GuestLanguage language, Contexts contexts) {
        return language.runtime() + " " + GuestSources.version()
                + (contexts.isCompiling() ? ", compiled" : ", interpreted");
    }

    /** What to do where hot code is not compiled; empty where it is. */
    static String note(Contexts contexts) {
        return contexts.isCompiling()
                ? ""
                : "the Graal compiler is not active: hot code runs several times slower (Python up to 50); " + remedy();
    }

    private static String remedy() {
        Path jars = Path.of(System.getProperty("nucleon.home", "."), "lib", "polyglot", "compiler");
        return Files.isDirectory(jars)
                ? "start with 'nucleon run' or 'nucleon processor', which pass its flags to Java"
                : "see docs/polyglot.md for its jars and flags";
    }
}
