package io.nucleon.command;

import picocli.CommandLine.Mixin;

/** The flags of one verb: the global ones and, in subclasses, its own. Filled by {@link CommandReader}, then only read. */
public abstract class VerbOptions {
    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    VerbOptions() {}

    /** The flags of every verb. */
    public final GlobalOptions global() {
        return global;
    }

    /** What the annotations can't say; throws a usage error. Called when all flags are read. */
    void check() {}

    /** Of verbs without a flag or word of their own. */
    static final class None extends VerbOptions {}
}
