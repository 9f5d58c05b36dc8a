package io.nucleon.runtime;

import java.util.Map;

/**
 * What a function is told of where it runs. Immutable.
 *
 * @param kind nuclio's word: {@code local} or {@code kube}
 * @param urls below which other functions answer, as {@code URLS/NAME}; empty: they have the names of nuclio's services
 */
public record Platform(String kind, String urls) {

    /** The environment variable that holds {@link #urls()} for handlers and for wrappers without a connection. */
    public static final String URLS_VARIABLE = "NUCLEON_FUNCTION_URLS";

    /** Outside of a cluster, with nobody who knows other functions. */
    public static final Platform LOCAL = new Platform("local", "");

    /** The kind that nuclio takes a processor's environment for; what platform.yaml says of it does not count. */
    public static String kindIn(Map<String, String> environment) {
        boolean cluster = environment.containsKey("KUBERNETES_SERVICE_HOST")
                && environment.containsKey("KUBERNETES_SERVICE_PORT");
        return cluster ? "kube" : "local";
    }

    public Platform withUrls(String others) {
        return new Platform(kind, others);
    }

    /** Where another function answers, for a function of that namespace; wrappers make the same of what they are told. */
    public String addressOf(String function, String namespace) {
        if (!urls.isEmpty()) {
            return urls + "/" + function;
        }
        return "http://nuclio-" + (kind.equals("local") ? namespace + "-" : "") + function + ":8080";
    }
}
