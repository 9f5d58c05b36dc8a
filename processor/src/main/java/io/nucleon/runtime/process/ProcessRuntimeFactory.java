package io.nucleon.runtime.process;

import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.RuntimeFactory;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;

/** Runs functions in wrapper processes: Python, and Java with {@code isolation: process}. */
public final class ProcessRuntimeFactory implements RuntimeFactory {

    @Override
    public boolean accepts(RuntimeSetting setting) {
        return setting.runtime().equals("python");
    }

    @Override
    public FunctionRuntime create(RuntimeSetting setting, RuntimeServices services) {
        return new ProcessRuntime(setting, services, PythonWrapper.find(setting, services));
    }
}
