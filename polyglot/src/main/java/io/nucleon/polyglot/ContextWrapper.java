package io.nucleon.polyglot;

import io.nucleon.runtime.FunctionLog;
import io.nucleon.runtime.HostedWrapper;
import java.util.Map;

/** Workers of one function as contexts in this process, each with a thread of its own. Safe for many threads. */
record ContextWrapper(GuestSetting setting, Contexts contexts, FunctionLog log) implements HostedWrapper {

    @Override
    public Running start(int worker, Map<String, String> connection) {
        GuestOutput output = new GuestOutput(
                new LineOutput(line -> log.line(worker, false, line)),
                new LineOutput(line -> log.line(worker, true, line)));
        GuestWorker started = new GuestWorker(setting, contexts, output, connection);
        Threads.start("handler-" + setting.function() + "-" + worker, started);
        return started;
    }

    @Override
    public String describe() {
        return Compilation.describe(setting.language(), contexts);
    }

    @Override
    public String note() {
        return Compilation.note(contexts);
    }
}
