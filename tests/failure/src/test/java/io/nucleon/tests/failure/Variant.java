package io.nucleon.tests.failure;

import java.util.stream.Stream;

/** A language and a transport. */
record Variant(Language language, String transport) {

    static Stream<Variant> all() {
        return Language.chosen()
                .flatMap(language -> language.transports().stream().map(transport -> new Variant(language, transport)));
    }

    /** Each language once, over its first transport: for what doesn't depend on the transport. */
    static Stream<Variant> languages() {
        return Language.chosen()
                .map(language -> new Variant(language, language.transports().getFirst()));
    }

    /** Those with rings and arenas in shared memory. */
    static Stream<Variant> overShm() {
        return all().filter(Variant::isShm);
    }

    boolean isShm() {
        return transport.equals("shm");
    }

    /** Its part of what a language has to stand in total. */
    int shareOf(int total) {
        return Math.ceilDiv(total, language.transports().size());
    }

    @Override
    public String toString() {
        return language + "-" + transport;
    }
}
