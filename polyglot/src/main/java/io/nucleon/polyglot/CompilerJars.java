package io.nucleon.polyglot;

import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** The Graal compiler of this JVM: whether it was started with it, and by which flags another one is. Stateless. */
final class CompilerJars {

    private static final String UPGRADE = "--upgrade-module-path=";

    private CompilerJars() {}

    /** Where this plug-in's own classes are: a jar, or a folder in tests. */
    static Path own() {
        try {
            return Path.of(CompilerJars.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("finding our own jar failed", e);
        }
    }

    static boolean areActive() {
        return ModuleLayer.boot().findModule("jdk.graal.compiler").isPresent() && !flags().isEmpty();
    }

    /** Those that this JVM was started with; empty if it has no compiler. */
    static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith(UPGRADE)
                        || argument.contains("JVMCI")
                        || argument.contains("jvmci")
                        || argument.equals("-XX:+UnlockExperimentalVMOptions"))
                .toList();
    }
}
