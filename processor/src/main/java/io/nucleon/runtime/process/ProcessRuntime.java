package io.nucleon.runtime.process;

import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.HostedWrapper;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** A function whose handlers run in wrappers, which mostly are processes. Safe for many threads. */
final class ProcessRuntime implements FunctionRuntime {

    private static final String ASYNC_HINT =
            "the handler is async and still gets one event at a time; with mode: async in its trigger a worker has 16 open";

    private final RuntimeSetting setting;
    private final RuntimeServices services;
    private final Wrapper wrapper;
    private final HostedWrapper hosted;
    private final ProcessStarter starter;
    private final OomKills oomKills = new OomKills();
    private volatile Hello.Loaded handler = new Hello.Loaded(false, Set.of());

    /** Workers that are processes. */
    ProcessRuntime(RuntimeSetting setting, RuntimeServices services, Wrapper wrapper) {
        this(setting, services, wrapper, null);
    }

    /** Workers that are threads of this process. */
    ProcessRuntime(RuntimeSetting setting, RuntimeServices services, HostedWrapper hosted) {
        this(setting, services, null, hosted);
    }

    private ProcessRuntime(RuntimeSetting setting, RuntimeServices services, Wrapper wrapper, HostedWrapper hosted) {
        this.setting = setting;
        this.services = services;
        this.wrapper = wrapper;
        this.hosted = hosted;
        this.starter = new ProcessStarter(setting.name());
    }

    @Override
    public WorkerRuntime open(int index, WorkerListener listener) {
        return new ProcessWorker(this, index, listener);
    }

    @Override
    public String describe() {
        return hosted == null ? wrapper.describe() : hosted.describe();
    }

    @Override
    public String note() {
        String own = hosted == null ? wrapper.note() : hosted.note();
        return own.isEmpty() && handler.async() && !setting.asynchronous() ? ASYNC_HINT : own;
    }

    /** A wrapper has loaded the handler. Any thread. */
    void loaded(Hello.Loaded newHandler) {
        handler = newHandler;
    }

    @Override
    public Set<Path> files() {
        return handler.files();
    }

    /** On the starter's thread. */
    WorkerLife startWrapper(int worker, Map<String, String> connection) throws IOException {
        return hosted == null
                ? WorkerProcess.start(this, worker, connection)
                : new WorkerThread(hosted.start(worker, connection));
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

    OomKills oomKills() {
        return oomKills;
    }
}
