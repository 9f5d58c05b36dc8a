package io.nucleon.runtime.shell;

import io.nucleon.invoke.Event;
import io.nucleon.runtime.RuntimeSetting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a handler's process finds in its environment: the function's own variables and, as in nuclio, nothing of the processor's. Immutable.
 */
final class EventEnvironment {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final List<String> fixed = new ArrayList<>();

    /** @param marker variable by which the guard finds what it has to end */
    EventEnvironment(RuntimeSetting setting, String marker) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("NUCLIO_FUNCTION_NAME", setting.name());
        variables.put("NUCLIO_FUNCTION_DESCRIPTION", setting.description());
        variables.put("NUCLIO_FUNCTION_VERSION", Integer.toString(setting.version()));
        variables.put("NUCLIO_FUNCTION_HANDLER", setting.handler());
        variables.putAll(setting.environment());
        variables.forEach((name, value) -> fixed.add(variable(name, value)));
        fixed.add(marker);
    }

    /** For a process that answers many events. */
    List<String> withoutEvent() {
        return fixed;
    }

    /** For the process of one event. */
    List<String> of(Event event) {
        List<String> all = new ArrayList<>(fixed);
        String id = event.id();
        all.add(variable("NUCLIO_EVENT_ID", id.isEmpty() ? UUID.randomUUID().toString() : id));
        all.add(variable("NUCLIO_TRIGGER_CLASS", event.source().className()));
        all.add(variable("NUCLIO_TRIGGER_KIND", event.source().kind()));
        all.add(variable("NUCLIO_EVENT_CONTENT_TYPE", event.contentType()));
        all.add(variable("NUCLIO_EVENT_TIMESTAMP", seconds(event.timeNanos())));
        all.add(variable("NUCLIO_EVENT_PATH", event.path()));
        all.add(variable("NUCLIO_EVENT_URL", event.extra("url")));
        all.add(variable("NUCLIO_EVENT_METHOD", event.method()));
        all.add(variable("NUCLIO_EVENT_SHARD_ID", Integer.toString(event.shard())));
        all.add(variable("NUCLIO_EVENT_NUM_SHARDS", number(event.extra("num_shards"))));
        all.add(variable("NUCLIO_EVENT_TYPE", event.extra("type")));
        all.add(variable("NUCLIO_EVENT_TYPE_VERSION", event.extra("type_version")));
        all.add(variable("NUCLIO_EVENT_VERSION", event.extra("version")));
        return all;
    }

    private static String seconds(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND)).toString();
    }

    private static String number(String text) {
        return text.isEmpty() ? "0" : text;
    }

    /** A value ends at a NUL, which no variable can hold. */
    private static String variable(String name, String value) {
        int end = value.indexOf('\0');
        return name + "=" + (end < 0 ? value : value.substring(0, end));
    }
}
