package io.nucleon.spec.trigger;

import io.nucleon.spec.field.Fields;
import java.util.List;

/**
 * Cross-origin rules of an http trigger.
 *
 * @param preflightMethod the method that counts as a preflight request; nuclio drops the user's value, here it counts
 */
public record Cors(
        boolean enabled,
        List<String> allowOrigins,
        List<String> allowMethods,
        List<String> allowHeaders,
        List<String> exposeHeaders,
        boolean allowCredentials,
        int preflightMaxAgeSeconds,
        String preflightMethod) {
    /** As nuclio; its documentation says -1 for the age, its code 5. */
    public static final Cors OFF = new Cors(
            false,
            List.of("*"),
            List.of("HEAD", "GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"),
            List.of("Accept", "Content-Length", "Content-Type", "Authorization", "X-Nuclio-Log-Level"),
            List.of(),
            false,
            5,
            "OPTIONS");

    public Cors {
        allowOrigins = List.copyOf(allowOrigins);
        allowMethods = List.copyOf(allowMethods);
        allowHeaders = List.copyOf(allowHeaders);
        exposeHeaders = List.copyOf(exposeHeaders);
    }

    static Cors read(Fields cors) {
        var read = new Cors(
                cors.bool("enabled", false),
                given(cors, "allowOrigins", OFF.allowOrigins),
                given(cors, "allowMethods", OFF.allowMethods),
                given(cors, "allowHeaders", OFF.allowHeaders),
                given(cors, "exposeHeaders", OFF.exposeHeaders),
                cors.bool("allowCredentials", false),
                cors.integer("preflightMaxAgeSeconds", OFF.preflightMaxAgeSeconds, -1, Integer.MAX_VALUE),
                cors.text("preflightRequestMethod", OFF.preflightMethod));
        cors.done();
        return read;
    }

    private static List<String> given(Fields cors, String name, List<String> fallback) {
        List<String> texts = cors.texts(name);
        return texts.isEmpty() ? fallback : texts;
    }
}
