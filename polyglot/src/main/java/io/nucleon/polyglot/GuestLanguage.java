package io.nucleon.polyglot;

import java.util.Arrays;
import java.util.Optional;

/** The two languages. */
enum GuestLanguage {
    JAVASCRIPT("graaljs", "js", "nodejs"),
    PYTHON("graalpy", "python", "python");

    private final String runtime;
    private final String id;
    private final String wrapper;

    GuestLanguage(String runtime, String id, String wrapper) {
        this.runtime = runtime;
        this.id = id;
        this.wrapper = wrapper;
    }

    /** In {@code spec.runtime}. */
    String runtime() {
        return runtime;
    }

    /** GraalVM's. */
    String id() {
        return id;
    }

    /** The folder in {@code wrappers/} whose code it shares, and the runtime that has all of the language. */
    String wrapper() {
        return wrapper;
    }

    static Optional<GuestLanguage> of(String runtime) {
        return Arrays.stream(values())
                .filter(one -> one.runtime.equals(runtime))
                .findFirst();
    }
}
