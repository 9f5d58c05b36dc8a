package io.nucleon.journal;

import io.nucleon.error.NucleonException;

/** Told once what became of an entry; on the journal's thread, so it must neither block nor throw. */
@FunctionalInterface
public interface Receipt {

    /**
     * Null when the entry is as durable as was asked for; else why it is not kept: NUC-3020 when there is no room, NUC-3022 when the
     * journal can't be used.
     */
    void told(NucleonException failure);
}
