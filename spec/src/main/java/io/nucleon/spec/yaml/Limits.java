package io.nucleon.spec.yaml;

/**
 * What a document may cost.
 *
 * @param maxBytes size of the text in UTF-8
 * @param maxDepth how many mappings and lists may lie in one another
 * @param maxKeys how many keys one mapping may have; looking a field up takes as long as there are keys
 * @param maxNodes how many values the document may have once its aliases are expanded
 */
public record Limits(int maxBytes, int maxDepth, int maxKeys, int maxNodes) {
    /**
     * One MiB holds every configuration without inline source code; Kubernetes stops at 1.5 MiB. The deepest real ones (affinity
     * terms of sidecars) stay under 20 levels. 100,000 values are what a full MiB of short lines has.
     */
    public static final Limits DEFAULT = new Limits(1 << 20, 64, 10_000, 100_000);

    public Limits {
        if (maxBytes < 1 || maxDepth < 1 || maxKeys < 1 || maxNodes < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** The same with another size, for documents that carry source code. */
    public Limits withMaxBytes(int bytes) {
        return new Limits(bytes, maxDepth, maxKeys, maxNodes);
    }
}
