package io.nucleon.wrapper.handler;

import io.nuclio.TriggerInfo;

/** A trigger as handlers see it. */
public record HandlerTrigger(String kind, String name, String className) implements TriggerInfo {

    @Override
    public String getClassName() {
        return className;
    }

    @Override
    public String getKindName() {
        return kind;
    }

    @Override
    public String getName() {
        return name;
    }
}
