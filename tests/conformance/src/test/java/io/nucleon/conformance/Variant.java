package io.nucleon.conformance;

import java.util.List;
import java.util.Map;

/** A language and how its handlers are reached. */
enum Variant {
    PYTHON_SHM("python", "shm", ""),
    PYTHON_UNIX("python", "unix", ""),
    JAVA_IN_PROCESS("java", "in-process", ""),
    JAVA_SHM("java", "shm", "process"),
    JAVA_UNIX("java", "unix", "process");

    private final String language;
    private final String way;
    private final String isolation;

    Variant(String language, String way, String isolation) {
        this.language = language;
        this.way = way;
        this.isolation = isolation;
    }

    /** {@code python-shm}, as the table and file names spell it. */
    String word() {
        return language + "-" + way;
    }

    String language() {
        return language;
    }

    /** What {@code nucleon run} is told. */
    List<String> options() {
        return way.equals("in-process") ? List.of() : List.of("--transport", way);
    }

    /** What the function's {@code runtimeAttributes} need for it. */
    Map<String, Object> attributes() {
        return isolation.isEmpty() ? Map.of() : Map.of("isolation", isolation);
    }
}
