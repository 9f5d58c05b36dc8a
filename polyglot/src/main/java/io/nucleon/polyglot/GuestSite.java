package io.nucleon.polyglot;

import org.graalvm.polyglot.Context;

/**
 * A context and what it was made with. Confined to the worker's thread; closing ends the context.
 *
 * @param files what its code reads and writes
 * @param modules what its {@code import} reads; of JavaScript alone
 */
record GuestSite(GuestSetting setting, Context context, ConfinedFiles files, ModuleFiles modules, GuestOutput output)
        implements AutoCloseable {

    @Override
    public void close() {
        context.close();
    }
}
