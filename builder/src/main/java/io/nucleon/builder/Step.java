package io.nucleon.builder;

import java.io.IOException;

/** One part of a build. Confined to the build's thread; has no state of its own. */
interface Step {

    /** One or two words, for progress and reports. */
    String name();

    /**
     * Takes what earlier steps left on the bench and leaves its own there.
     *
     * @return whether all of it was there already
     * @throws io.nucleon.error.NucleonException NUC-6xxx with what is wrong
     */
    boolean run(Workbench bench) throws IOException;
}
