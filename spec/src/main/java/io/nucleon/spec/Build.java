package io.nucleon.spec;

import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.field.Choice;
import io.nucleon.spec.field.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a function's code is and how an image is made of it. {@code toString} leaves the source code out.
 *
 * @param path file, folder, archive, jar or URL
 * @param functionSourceCode source in base64; wins over the path
 * @param functionConfigPath empty = function.yaml in the folder of the path
 * @param directives image-file instructions before and behind the copying of the code; replaced by commands
 * @param codeEntryType what the path is; empty = told from the path
 * @param timestamp unix seconds of the last build, 0 = none
 * @param timeout absent = unlimited
 * @param args an empty value removes one of the platform's
 */
public record Build(
        String path,
        String functionSourceCode,
        String functionConfigPath,
        Images images,
        boolean noCache,
        boolean noCleanup,
        boolean offline,
        String tempDir,
        List<String> commands,
        Map<String, List<Directive>> directives,
        List<String> dependencies,
        Attributes runtimeAttributes,
        String codeEntryType,
        Attributes codeEntryAttributes,
        long timestamp,
        Optional<Duration> timeout,
        Optional<Mode> mode,
        Map<String, String> args,
        List<String> flags,
        String builderServiceAccount) {
    /** As nuclio. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

    /**
     * The images that a build reads and writes.
     *
     * @param noBaseImagesPull also accepted without the plural s, as nuclio's documentation spells it
     */
    public record Images(
            String image,
            String registry,
            String baseImage,
            String baseImageRegistry,
            String onbuildImage,
            boolean noBaseImagesPull) {}

    /** An image-file instruction. */
    public record Directive(String kind, String value) {}

    /** Whether a deployment builds. */
    public enum Mode implements Choice {
        NEVER("neverBuild"),
        ALWAYS("alwaysBuild");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    static Build read(Fields build) {
        build.accept("scriptPaths", "addedPaths");
        var read = new Build(
                build.text("path", ""),
                build.text("functionSourceCode", ""),
                build.text("functionConfigPath", ""),
                images(build),
                build.bool("noCache", false),
                build.bool("noCleanup", false),
                build.bool("offline", false),
                build.text("tempDir", ""),
                build.texts("commands"),
                directives(build.map("directives")),
                build.texts("dependencies"),
                build.attributes("runtimeAttributes"),
                build.text("codeEntryType", ""),
                build.attributes("codeEntryAttributes"),
                build.longInteger("timestamp", 0, 0, Long.MAX_VALUE),
                timeout(build),
                build.optionalChoice("mode", Mode.class),
                build.textMap("args"),
                build.texts("flags"),
                build.text("builderServiceAccount", ""));
        build.done();
        return read;
    }

    private static Images images(Fields build) {
        boolean documented = build.bool("noBaseImagePull", false);
        return new Images(
                build.text("image", ""),
                build.text("registry", ""),
                build.text("baseImage", ""),
                build.text("baseImageRegistry", ""),
                build.text("onbuildImage", ""),
                build.bool("noBaseImagesPull", documented));
    }

    private static Map<String, List<Directive>> directives(Fields fields) {
        var read = Map.of("preCopy", directives(fields, "preCopy"), "postCopy", directives(fields, "postCopy"));
        fields.done();
        return read;
    }

    private static List<Directive> directives(Fields fields, String place) {
        return fields.each(place, item -> new Directive(item.text("kind", ""), item.text("value", "")));
    }

    private static Optional<Duration> timeout(Fields build) {
        Optional<Duration> given = build.optionalInteger("buildTimeoutSeconds", Integer.MIN_VALUE, Integer.MAX_VALUE)
                .map(Duration::ofSeconds);
        return Optional.of(given.orElse(DEFAULT_TIMEOUT)).filter(Duration::isPositive);
    }

    @Override
    public String toString() {
        return "Build[path=" + path + ", images=" + images + ", codeEntryType=" + codeEntryType + "]";
    }
}
