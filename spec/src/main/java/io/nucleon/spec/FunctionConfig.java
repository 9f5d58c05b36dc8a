package io.nucleon.spec;

import io.nucleon.spec.yaml.MapNode;

/**
 * A function's whole configuration, the content of function.yaml or processor.yaml. Immutable and safe for many threads.
 *
 * @param raw the document as it was written, unknown fields included: what is exported and merged. {@code status}, which only
 *     platforms write, is found there
 */
public record FunctionConfig(Metadata metadata, FunctionSpec spec, MapNode raw) {
    /** A value for {@code apiVersion} when a document is written. */
    public static final String API_VERSION = "nuclio.io/v1";

    /** A value for {@code kind} when a document is written. */
    public static final String KIND = "NuclioFunction";

    /** The function's name, empty when the file says none. */
    public String name() {
        return metadata.name();
    }
}
