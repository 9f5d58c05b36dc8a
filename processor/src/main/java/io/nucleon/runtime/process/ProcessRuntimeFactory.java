package io.nucleon.runtime.process;

import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.RuntimeFactory;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;

/** Runs functions in wrapper processes: Python, and Java with {@code isolation: process}. */
public final class ProcessRuntimeFactory implements RuntimeFactory {

    @Override
    public boolean accepts(RuntimeSetting setting) {
        return setting.runtime().equals("python") || isIsolatedJava(setting);
    }

    @Override
    public FunctionRuntime create(RuntimeSetting setting, RuntimeServices services) {
        Wrapper wrapper = isIsolatedJava(setting) ? JvmWrapper.of(setting) : PythonWrapper.find(setting, services);
        return new ProcessRuntime(setting, services, wrapper);
    }

    private static boolean isIsolatedJava(RuntimeSetting setting) {
        return setting.runtime().equals("java")
                && setting.attribute("isolation", "none").equals("process");
    }
}
