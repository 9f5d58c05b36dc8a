package io.nucleon.runtime.process;

import java.util.List;
import java.util.Map;

/** A plug-in's wrapper, which is a process. */
record GivenWrapper(List<String> command, String describe, String note) implements Wrapper {

    GivenWrapper {
        command = List.copyOf(command);
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }
}
