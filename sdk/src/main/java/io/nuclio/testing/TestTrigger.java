package io.nuclio.testing;

import io.nuclio.TriggerInfo;

/** The trigger of a {@link TestEvent}. */
record TestTrigger(String className, String kindName, String name) implements TriggerInfo {

    @Override
    public String getClassName() {
        return className;
    }

    @Override
    public String getKindName() {
        return kindName;
    }

    @Override
    public String getName() {
        return name;
    }
}
