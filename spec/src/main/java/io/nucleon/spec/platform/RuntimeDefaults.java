package io.nucleon.spec.platform;

import io.nucleon.spec.EnvVar;
import io.nucleon.spec.RuntimeName;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every function gets, or every function of a runtime. Of two values the runtime's wins over the common one, and the
 * function's own over both.
 *
 * @param byRuntime by runtime name; {@code common} is not among them
 */
public record RuntimeDefaults(Defaults common, Map<String, Defaults> byRuntime) {
    /**
     * Defaults of one runtime.
     *
     * @param envFrom Kubernetes' references, as they are
     * @param pipCaPath python only
     */
    public record Defaults(List<EnvVar> env, Map<String, String> buildArgs, Optional<Node> envFrom, String pipCaPath) {
        static final Defaults NONE = new Defaults(List.of(), Map.of(), Optional.empty(), "");

        static Defaults read(Fields fields) {
            var read = new Defaults(
                    fields.each("env", EnvVar::of),
                    fields.textMap("buildArgs"),
                    fields.raw("envFrom"),
                    fields.text("pipCAPath", ""));
            fields.done();
            return read;
        }
    }

    static RuntimeDefaults read(Fields runtime) {
        Defaults common = Defaults.read(runtime.map("common"));
        var byRuntime = new LinkedHashMap<String, Defaults>();
        var names = new ArrayList<>(RuntimeName.KNOWN);
        names.addAll(RuntimeName.NUCLIO_ONLY);
        for (String name : names) {
            if (runtime.has(name)) {
                byRuntime.put(name, Defaults.read(runtime.map(name)));
            }
        }
        runtime.done();
        return new RuntimeDefaults(common, byRuntime);
    }

    /** The environment of a function: its own variables, then those of its runtime and of all that it does not set itself. */
    public List<EnvVar> env(RuntimeName runtime, List<EnvVar> own) {
        var env = new LinkedHashMap<String, EnvVar>();
        own.forEach(variable -> env.put(variable.name(), variable));
        byRuntime.getOrDefault(runtime.name(), Defaults.NONE).env.forEach(item -> env.putIfAbsent(item.name(), item));
        common.env.forEach(variable -> env.putIfAbsent(variable.name(), variable));
        return List.copyOf(env.values());
    }
}
