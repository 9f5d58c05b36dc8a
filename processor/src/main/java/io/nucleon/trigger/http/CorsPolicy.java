package io.nucleon.trigger.http;

import java.util.List;

/**
 * Cross-origin rules of the trigger. Two of nuclio's defects are not repeated: a request without an allowed origin reaches the function
 * and only lacks the headers, and requested headers may be listed without a blank behind the comma.
 *
 * @param maxAgeSeconds how long a browser may keep the answer to its preflight
 * @param preflightMethod the method that preflights come with
 */
record CorsPolicy(
        List<String> origins,
        List<String> methods,
        List<String> headers,
        List<String> exposed,
        boolean credentials,
        long maxAgeSeconds,
        String preflightMethod) {

    CorsPolicy {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        exposed = List.copyOf(exposed);
    }

    /** Whether a request asks for permission instead of calling the function. */
    boolean isPreflight(HttpEvent request) {
        if (!request.method().equalsIgnoreCase(preflightMethod)) {
            return false;
        }
        String asked = request.requestHeaders().last(HeaderNames.ALLOW_REQUEST_METHOD);
        return asked != null && !asked.isEmpty();
    }

    /** Whether a preflight is granted. */
    boolean grants(RequestHeaders request) {
        String method = request.last(HeaderNames.ALLOW_REQUEST_METHOD);
        if (!allows(request.origin()) || !(method.equalsIgnoreCase(preflightMethod) || lists(methods, method))) {
            return false;
        }
        String asked = request.last(HeaderNames.ALLOW_REQUEST_HEADERS);
        if (asked == null) {
            return true;
        }
        for (String header : asked.split(",")) {
            if (!header.isBlank() && !lists(headers, header.trim())) {
                return false;
            }
        }
        return true;
    }

    private boolean allows(String origin) {
        return origin != null && !origin.isEmpty() && (origins.contains("*") || lists(origins, origin));
    }

    private static boolean lists(List<String> list, String wanted) {
        for (String one : list) {
            if (one.equalsIgnoreCase(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Header lines of the answer to a preflight. */
    String preflightLines(RequestHeaders request) {
        StringBuilder lines = new StringBuilder();
        line(lines, "Vary", "Origin");
        line(lines, "Vary", "Access-Control-Request-Method");
        line(lines, "Vary", "Access-Control-Request-Headers");
        if (grants(request)) {
            line(lines, "Access-Control-Allow-Origin", request.origin());
            line(lines, "Access-Control-Max-Age", Long.toString(maxAgeSeconds));
            line(lines, "Access-Control-Allow-Methods", String.join(", ", methods));
            line(lines, "Access-Control-Allow-Headers", String.join(", ", headers));
            if (credentials) {
                line(lines, "Access-Control-Allow-Credentials", "true");
            }
        }
        return lines.toString();
    }

    /** Header lines of an ordinary answer. */
    String lines(RequestHeaders request) {
        StringBuilder lines = new StringBuilder("Vary: Origin\r\n");
        if (allows(request.origin())) {
            line(lines, "Access-Control-Allow-Origin", request.origin());
            if (credentials) {
                line(lines, "Access-Control-Allow-Credentials", "true");
            }
            if (!exposed.isEmpty()) {
                line(lines, "Access-Control-Expose-Headers", String.join(", ", exposed));
            }
        }
        return lines.toString();
    }

    /** The values hold no line ends: the origin was checked when it was read, the rest when the setting was. */
    private static void line(StringBuilder lines, String name, String value) {
        lines.append(name).append(": ").append(value).append("\r\n");
    }
}
