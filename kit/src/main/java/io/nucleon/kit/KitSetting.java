package io.nucleon.kit;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is checked, and how. Immutable.
 *
 * @param command starts the wrapper
 * @param environment beside this process's own
 * @param functions folder of the checker function
 * @param handler of the checker function
 * @param asyncHandler the same for {@code mode: async}; empty = there is none
 * @param ways connections that may be used, of {@code unix} and {@code shm}
 * @param only names of the rules to be checked; empty = all
 * @param patience how long one thing is waited for
 */
public record KitSetting(
        List<String> command,
        Map<String, String> environment,
        Path functions,
        String handler,
        String asyncHandler,
        List<String> ways,
        Set<String> only,
        Duration patience,
        Clock clock) {

    public KitSetting {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        ways = List.copyOf(ways);
        only = Set.copyOf(only);
    }
}
