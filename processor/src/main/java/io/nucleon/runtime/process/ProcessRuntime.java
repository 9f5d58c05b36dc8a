package io.nucleon.runtime.process;

import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;

/** A function whose handlers run in wrapper processes. Safe for many threads. */
final class ProcessRuntime implements FunctionRuntime {

    private final RuntimeSetting setting;
    private final RuntimeServices services;
    private final Wrapper wrapper;
    private final ProcessStarter starter;

    ProcessRuntime(RuntimeSetting setting, RuntimeServices services, Wrapper wrapper) {
        this.setting = setting;
        this.services = services;
        this.wrapper = wrapper;
        this.starter = new ProcessStarter(setting.name());
    }

    @Override
    public WorkerRuntime open(int index, WorkerListener listener) {
        return new ProcessWorker(this, index, listener);
    }

    @Override
    public String describe() {
        return wrapper.describe();
    }

    @Override
    public void close() {
        starter.close();
    }

    RuntimeSetting setting() {
        return setting;
    }

    RuntimeServices services() {
        return services;
    }

    Wrapper wrapper() {
        return wrapper;
    }

    ProcessStarter starter() {
        return starter;
    }
}
