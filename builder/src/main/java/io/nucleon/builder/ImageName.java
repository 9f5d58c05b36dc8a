package io.nucleon.builder;

import io.nucleon.spec.Build;
import io.nucleon.spec.FunctionConfig;

/** What a function's image is called, by nuclio's rules. Stateless. */
final class ImageName {
    private ImageName() {}

    /**
     * {@code build.image}, else {@code nuclio/processor-NAME} (without {@code nuclio/} when the registry has a path), below the registry,
     * with {@code latest} unless a tag is given. The tag is what stands behind the last colon after the last slash: nuclio takes a
     * registry's port for one.
     */
    static String of(FunctionConfig config) {
        Build.Images images = config.spec().build().images();
        String registry = images.registry().replaceFirst("^https?://", "").replaceFirst("/+$", "");
        String own = images.image().isEmpty()
                ? (registry.indexOf('/') >= 0 ? "" : "nuclio/") + "processor-" + config.name()
                : images.image();
        String name = registry.isEmpty() || own.startsWith(registry + "/") ? own : registry + "/" + own;
        boolean tagged = name.indexOf(':', name.lastIndexOf('/') + 1) >= 0 || name.indexOf('@') >= 0;
        return tagged ? name : name + ":latest";
    }
}
