package io.nucleon.spec;

import io.nucleon.spec.field.Fields;
import java.util.Map;

/**
 * Who a function is.
 *
 * @param name empty when the file says none; then a command line does
 * @param resourceVersion optimistic-lock token, never exported
 */
public record Metadata(
        String name,
        String namespace,
        Map<String, String> labels,
        Map<String, String> annotations,
        String resourceVersion) {
    /** As nuclio. */
    public static final String DEFAULT_NAMESPACE = "default";

    /** As nuclio. */
    public static final String DEFAULT_PROJECT = "default";

    /** The label that puts a function into a project. */
    public static final String PROJECT_LABEL = "nuclio.io/project-name";

    /** The project, {@code default} when the label is absent or empty. */
    public String project() {
        String project = labels.getOrDefault(PROJECT_LABEL, "");
        return project.isEmpty() ? DEFAULT_PROJECT : project;
    }

    static Metadata read(Fields metadata) {
        // What a cluster adds; kept and of no meaning here.
        metadata.accept("uid", "creationTimestamp", "generation", "managedFields", "selfLink", "finalizers");
        String namespace = metadata.text("namespace", "");
        var read = new Metadata(
                metadata.text("name", ""),
                namespace.isEmpty() ? DEFAULT_NAMESPACE : namespace,
                metadata.textMap("labels"),
                metadata.textMap("annotations"),
                metadata.text("resourceVersion", ""));
        metadata.done();
        return read;
    }

    /** Annotations by name only: kafka's may hold passwords. */
    @Override
    public String toString() {
        return "Metadata[name=" + name + ", namespace=" + namespace + ", labels=" + labels + ", annotations="
                + annotations.keySet() + "]";
    }
}
