package io.nucleon.spec;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.ByteSize;
import io.nucleon.spec.field.Fields;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a function asks for and may take: cpu, memory, gpus, by Kubernetes' names. An absent request means {@code 25m} of cpu and
 * {@code 1Mi} of memory on a cluster.
 */
public record Resources(Map<String, BigDecimal> requests, Map<String, BigDecimal> limits) {
    public Resources {
        requests = Map.copyOf(requests);
        limits = Map.copyOf(limits);
    }

    /** Most memory in bytes, absent = as much as there is. */
    public Optional<Long> memoryLimitBytes() {
        return Optional.ofNullable(limits.get("memory")).map(BigDecimal::longValue);
    }

    /** Most cpu in cores, absent = all. */
    public Optional<BigDecimal> cpuLimit() {
        return Optional.ofNullable(limits.get("cpu"));
    }

    static Resources read(Fields resources) {
        resources.accept("claims");
        var read = new Resources(quantities(resources, "requests"), quantities(resources, "limits"));
        resources.done();
        return read;
    }

    private static Map<String, BigDecimal> quantities(Fields resources, String name) {
        var read = new LinkedHashMap<String, BigDecimal>();
        Fields fields = resources.map(name);
        resources
                .textMap(name)
                .forEach((resource, text) -> ByteSize.quantity(text)
                        .filter(quantity -> quantity.signum() >= 0)
                        .ifPresentOrElse(
                                quantity -> read.put(resource, quantity),
                                () -> fields.report(ErrorCode.SIZE_INVALID, resource)
                                        .what("is no quantity")
                                        .why("'" + text + "' stands there")
                                        .fix("write a number with or without a suffix, such as 500m, 2 or 512Mi")
                                        .add()));
        return read;
    }
}
