package io.nucleon.runtime.shell;

import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import java.util.ArrayList;
import java.util.List;

/** A function whose handler is a script or program: what its workers share. Safe for many threads. */
final class ShellRuntime implements FunctionRuntime {

    private final RuntimeSetting setting;
    private final ShellSetting shell;
    private final Command command;
    private final RuntimeServices services;
    private final Guard guard;
    private final EventEnvironment environment;
    private final List<Launcher> launchers = new ArrayList<>();

    ShellRuntime(RuntimeSetting setting, ShellSetting shell, Command command, RuntimeServices services) {
        this.setting = setting;
        this.shell = shell;
        this.command = command;
        this.services = services;
        this.guard = new Guard(setting.name(), services.home());
        this.environment = new EventEnvironment(setting, guard.marker());
        // A thread waits while its program is loaded: more than cores or workers would only wait for each other.
        int count = Math.max(1, Math.min(setting.workers(), Runtime.getRuntime().availableProcessors()));
        for (int i = 0; i < count; i++) {
            launchers.add(new Launcher(setting.name(), i, setting.directory()));
        }
    }

    @Override
    public WorkerRuntime open(int index, WorkerListener listener) {
        return shell.resident() ? new ResidentWorker(this, index, listener) : new SpawningWorker(this, index, listener);
    }

    /** A process that stays reads its script as it pleases; one for each event reads what is there, looked at or not. */
    @Override
    public void check() {
        if (shell.resident()) {
            command.check();
        }
    }

    @Override
    public String describe() {
        return "shell (" + command.program().getFileName() + (shell.resident() ? ", resident)" : ")");
    }

    @Override
    public void close() {
        launchers.forEach(Launcher::close);
        guard.close();
    }

    RuntimeSetting setting() {
        return setting;
    }

    ShellSetting shell() {
        return shell;
    }

    Command command() {
        return command;
    }

    RuntimeServices services() {
        return services;
    }

    EventEnvironment environment() {
        return environment;
    }

    Launcher launcher(int worker) {
        return launchers.get(worker % launchers.size());
    }
}
