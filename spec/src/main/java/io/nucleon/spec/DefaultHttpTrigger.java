package io.nucleon.spec;

import io.nucleon.spec.trigger.TriggerKind;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import java.util.LinkedHashMap;

/**
 * The trigger that a function gets when it has none of kind http. Whoever deploys or runs a function adds it; a processor that is
 * started from a bare file does not, as in nuclio.
 */
public final class DefaultHttpTrigger {
    /** Its key and name. */
    public static final String NAME = "default-http";

    private DefaultHttpTrigger() {}

    /**
     * The function with the trigger, or as it is when it has a trigger of kind http or wants none.
     *
     * @param platformDisables the platform's setting, which counts when the function says nothing
     */
    public static FunctionConfig add(FunctionConfig config, boolean platformDisables) {
        FunctionSpec spec = config.spec();
        if (!spec.httpTriggers().isEmpty() || spec.disableDefaultHttpTrigger().orElse(platformDisables)) {
            return config;
        }
        var trigger = new LinkedHashMap<String, Object>();
        trigger.put("kind", TriggerKind.HTTP);
        trigger.put("name", NAME);
        trigger.put("numWorkers", 1);
        MapNode raw = config.raw().withAt(Node.of(trigger), "spec", "triggers", NAME);
        return FunctionReader.read(raw, ReadOptions.DEFAULT).asFarAsRead();
    }
}
