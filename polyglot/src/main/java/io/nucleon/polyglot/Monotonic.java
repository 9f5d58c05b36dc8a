package io.nucleon.polyglot;

import io.nucleon.invoke.Clock;

/** The clock that measures handlers. Stateless. */
final class Monotonic {

    private static final Clock CLOCK = Clock.system();

    private Monotonic() {}

    static long nanos() {
        return CLOCK.nanoTime();
    }
}
