package io.nucleon.runtime.shell;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.os.ProgramStarter;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.RuntimeFactory;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import java.nio.file.Path;
import java.util.List;

/** Runs functions that are scripts or programs. Safe for many threads. */
public final class ShellRuntimeFactory implements RuntimeFactory {

    private static final String NAME = "shell";

    public ShellRuntimeFactory() {}

    @Override
    public List<String> names(Path home) {
        return List.of(NAME);
    }

    @Override
    public boolean accepts(RuntimeSetting setting, RuntimeServices services) {
        return setting.runtime().equals(NAME);
    }

    /**
     * Looks for the script or program and for what runs it.
     *
     * @throws io.nucleon.error.NucleonException NUC-4021 when the handler is not there, NUC-4004 when its interpreter is not, NUC-4033
     *     when an attribute is wrong, NUC-4010 when this machine can't start programs
     */
    @Override
    public FunctionRuntime create(RuntimeSetting setting, RuntimeServices services) {
        ShellSetting shell = ShellSetting.of(setting);
        if (!ProgramStarter.isAvailable()) {
            throw ErrorMessage.of(
                            ErrorCode.WORKER_START_FAILED,
                            "starting function '" + setting.name() + "' failed",
                            "this machine's C library can't start programs without our descriptors: it is no glibc, or older than 2.34",
                            "run it on Debian 12, Ubuntu 22.04, RHEL 9 or newer")
                    .toException();
        }
        return new ShellRuntime(setting, shell, Command.find(setting, shell), services);
    }
}
