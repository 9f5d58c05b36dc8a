package io.nucleon.builder.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** nuclio's health check, which jib doesn't set: it only keeps the one of a base. Stateless. */
final class HealthCheck {
    /** As nuclio. */
    static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** Program and arguments. */
    static final List<String> COMMAND = List.of("/usr/local/bin/uhttpc", "--url", "http://127.0.0.1:8082/ready");

    private HealthCheck() {}

    /**
     * Puts it in the place of any other.
     *
     * @param image its configuration
     * @param interval between two checks
     */
    static void put(ObjectNode image, Duration interval) {
        ObjectNode check = image.withObject("/config").putObject("Healthcheck");
        ArrayNode test = check.putArray("Test").add("CMD");
        COMMAND.forEach(test::add);
        check.put("Interval", interval.toNanos());
        check.put("Timeout", TIMEOUT.toNanos());
    }
}
