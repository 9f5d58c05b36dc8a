package io.nucleon.runtime;

import io.nucleon.invoke.TriggerSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a runtime needs to know of its function; made by {@code app} from the specification and the command line.
 *
 * @param runtime name before the colon ({@code python})
 * @param handler {@code module:callable}, as written or inferred
 * @param directory where the code is
 * @param environment what the handler's process sees beside the processor's own environment
 * @param attributes {@code runtimeAttributes}
 * @param triggers the function's triggers; the index is the place
 * @param trigger the one that these workers work for
 * @param platform where the function runs; its URLs are in {@code environment} too, where it has some
 * @param asynchronous {@code mode: async}
 * @param inFlight events open at once per worker when asynchronous, else 1
 * @param transport {@code auto}, {@code shm} or {@code unix}
 * @param interpreter given by the user, else null
 * @param eventTimeout limit from the handler's start; zero = none
 * @param terminationTimeout grace on drain and stop
 */
public record RuntimeSetting(
        String name,
        String namespace,
        int version,
        String description,
        String runtime,
        String handler,
        Path directory,
        Map<String, String> environment,
        Map<String, Object> attributes,
        List<TriggerSource> triggers,
        WorkerTrigger trigger,
        Platform platform,
        boolean asynchronous,
        int inFlight,
        int workers,
        String transport,
        Path interpreter,
        Duration eventTimeout,
        Duration terminationTimeout) {

    public RuntimeSetting {
        environment = Map.copyOf(environment);
        attributes = Map.copyOf(attributes);
        triggers = List.copyOf(triggers);
    }

    /** A text attribute of the runtime, or {@code otherwise}. */
    public String attribute(String key, String otherwise) {
        return attributes.get(key) instanceof String text ? text : otherwise;
    }
}
