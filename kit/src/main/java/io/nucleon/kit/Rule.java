package io.nucleon.kit;

/**
 * One thing that PROTOCOL.md asks of a wrapper. Immutable.
 *
 * @param name as it is shown and as {@code --only} takes it
 * @param section of PROTOCOL.md
 * @param about what the wrapper must do, in a line
 * @param read what to read when it does not
 */
public record Rule(String name, String section, String about, String read, Ways ways, Check check) {

    /** Over which connections a rule is checked. */
    enum Ways {
        /** Over one, since it is about what is the same for both. */
        ONE,
        BOTH,
        /** Only where there are rings. */
        RINGS
    }

    /** How it is checked. */
    @FunctionalInterface
    interface Check {
        /** Returns if the rule is kept. */
        void run(Bench bench) throws Failed, NotOffered;
    }

    static Rule once(String name, String section, String about, String read, Check check) {
        return new Rule(name, section, about, read, Ways.ONE, check);
    }

    static Rule each(String name, String section, String about, String read, Check check) {
        return new Rule(name, section, about, read, Ways.BOTH, check);
    }

    static Rule rings(String name, String section, String about, String read, Check check) {
        return new Rule(name, section, about, read, Ways.RINGS, check);
    }
}
