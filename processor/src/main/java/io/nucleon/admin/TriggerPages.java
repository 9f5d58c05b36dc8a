package io.nucleon.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code /triggers}, {@code /triggers/ID} and {@code /triggers/ID/stats} of the web admin, with nuclio's configuration without its
 * secrets. When the processor hosts several functions, an id is {@code FUNCTION.ID}. Safe for many threads.
 */
public final class TriggerPages implements Pages {

    private static final String TRIGGERS = "/triggers";
    private static final String STATS = "/stats";

    private final ProcessorView processor;

    /** Made with the first request: the JSON library is not needed to start. */
    private static final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();
    }

    private record Found(FunctionView function, TriggerView trigger) {}

    /** Pages on a processor's triggers. */
    public TriggerPages(ProcessorView processor) {
        this.processor = processor;
    }

    @Override
    public Answer answer(Request request) {
        String path = request.path();
        if (!path.equals(TRIGGERS) && !path.startsWith(TRIGGERS + "/")) {
            return Answer.notFound();
        }
        if (!request.method().equals("GET")) {
            return Answer.methodNotAllowed();
        }
        Map<String, Found> triggers = triggers();
        if (path.equals(TRIGGERS)) {
            Map<String, Object> all = new LinkedHashMap<>();
            triggers.forEach((id, found) -> all.put(id, configuration(found)));
            return json(all);
        }
        String id = path.substring(TRIGGERS.length() + 1);
        Found shown = triggers.get(id);
        if (shown != null) {
            return json(configuration(shown));
        }
        Found counted = id.endsWith(STATS) ? triggers.get(id.substring(0, id.length() - STATS.length())) : null;
        return counted == null ? Answer.notFound() : json(stats(counted));
    }

    private static Object stats(Found found) {
        return StatsPage.of(found.trigger, found.function.events().counts(found.trigger.index()));
    }

    private Map<String, Found> triggers() {
        Map<String, Found> triggers = new LinkedHashMap<>();
        var functions = processor.functions();
        for (FunctionView function : functions) {
            String prefix = functions.size() == 1 ? "" : function.labels().function() + ".";
            for (TriggerView trigger : function.triggers()) {
                triggers.put(prefix + trigger.id(), new Found(function, trigger));
            }
        }
        return triggers;
    }

    private static Object configuration(Found found) {
        return Redaction.of(found.trigger.configuration());
    }

    private static Answer json(Object value) {
        try {
            return Answer.json(200, Json.MAPPER.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw ErrorMessage.of(
                            ErrorCode.INTERNAL,
                            "writing a trigger's configuration as JSON failed",
                            e.getOriginalMessage(),
                            "")
                    .toException(e);
        }
    }
}
