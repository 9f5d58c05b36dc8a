package io.nucleon.builder;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.spec.Build;
import io.nucleon.spec.FunctionConfig;

/** What a function's image is called, by nuclio's rules. Stateless. */
final class ImageName {
    private ImageName() {}

    /**
     * {@code build.image}, else {@code nuclio/processor-NAME} (without {@code nuclio/} when the registry has a path), below the registry,
     * with {@code latest} unless a tag is given. The tag is what stands behind the last colon after the last slash: nuclio takes a
     * registry's port for one.
     *
     * @throws io.nucleon.error.NucleonException NUC-1027 if the registry's address holds a login
     */
    static String of(FunctionConfig config) {
        Build.Images images = config.spec().build().images();
        String registry = images.registry().replaceFirst("^https?://", "").replaceFirst("/+$", "");
        if (registry.indexOf('@') >= 0) {
            throw ErrorMessage.of(
                            ErrorCode.IMAGE_INVALID,
                            "the registry of function '" + config.name() + "' can't be used",
                            "its address holds a login, which would become part of the image's name",
                            "leave it out of spec.build.registry, and log in: docker login HOST")
                    .toException();
        }
        String own = images.image().isEmpty()
                ? (registry.indexOf('/') >= 0 ? "" : "nuclio/") + "processor-" + config.name()
                : images.image();
        String name = registry.isEmpty() || own.startsWith(registry + "/") ? own : registry + "/" + own;
        boolean tagged = name.indexOf(':', name.lastIndexOf('/') + 1) >= 0 || name.indexOf('@') >= 0;
        return tagged ? name : name + ":latest";
    }
}
