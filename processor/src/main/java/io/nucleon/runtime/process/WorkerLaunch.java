package io.nucleon.runtime.process;

import io.nucleon.runtime.RuntimeSetting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a wrapper's process is made of before it is told of its function: what is the same for two versions can be started for either.
 * Immutable.
 *
 * @param environment beside the processor's own and beside where to connect
 */
record WorkerLaunch(List<String> command, Path directory, Map<String, String> environment) {

    WorkerLaunch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    static WorkerLaunch of(Wrapper wrapper, RuntimeSetting setting) {
        Map<String, String> environment = new HashMap<>(wrapper.environment());
        environment.putAll(setting.environment());
        environment.put("NUCLIO_FUNCTION_NAME", setting.name());
        environment.put("NUCLIO_FUNCTION_DESCRIPTION", setting.description());
        environment.put("NUCLIO_FUNCTION_VERSION", Integer.toString(setting.version()));
        environment.put("NUCLIO_FUNCTION_HANDLER", setting.handler());
        environment.put("NUCLIO_HANDLER", setting.handler());
        return new WorkerLaunch(wrapper.command(), setting.directory(), environment);
    }
}
