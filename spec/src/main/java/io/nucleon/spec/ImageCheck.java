package io.nucleon.spec;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.field.Fields;
import java.util.List;

/** That there is code or an image, and that every reference can be read. */
record ImageCheck(Fields fields, FunctionConfig config) {
    private static final int LONGEST = 500;

    void check() {
        FunctionSpec spec = config.spec();
        Build.Images images = spec.build().images();
        Fields build = fields.map("build");
        reference(fields, "image", "Spec.Image", spec.image().name());
        reference(fields, "runRegistry", "Spec.RunRegistry", spec.image().runRegistry());
        reference(build, "image", "Spec.Build.Image", images.image());
        reference(build, "registry", "Spec.Build.Registry", images.registry());
        reference(build, "baseImageRegistry", "Spec.Build.BaseImageRegistry", images.baseImageRegistry());
        if (!images.onbuildImage().contains("{{")) {
            reference(build, "onbuildImage", "Spec.Build.OnbuildImage", images.onbuildImage());
        }
        somethingToRun(spec);
        codeEntry(build, spec.build());
    }

    private void somethingToRun(FunctionSpec spec) {
        Build build = spec.build();
        boolean code = !build.path().isEmpty()
                || !build.functionSourceCode().isEmpty()
                || !build.images().image().isEmpty()
                || build.codeEntryType().equals("s3");
        String function = "function '" + config.name() + "'";
        if (!code && spec.image().name().isEmpty()) {
            fields.report(ErrorCode.CODE_MISSING)
                    .words(function + " has neither code nor image")
                    .why("Function must have either spec.build.path,spec.build.functionSourceCode, spec.build.image or "
                            + "spec.image set in order to create")
                    .fix("set spec.build.path, or spec.image for an image that is built already")
                    .add();
        } else if (!code && spec.runtime().isEmpty()) {
            fields.report(ErrorCode.IMAGE_WITHOUT_RUNTIME, "image")
                    .words(function + " has an image and no runtime")
                    .why("If image is passed, runtime must be specified")
                    .fix("set spec.runtime")
                    .add();
        }
    }

    /** Attributes that a type of code can't do without, as nuclio's downloads want them. */
    private static void codeEntry(Fields build, Build spec) {
        Attributes attributes = spec.codeEntryAttributes();
        switch (spec.codeEntryType()) {
            case "s3" -> List.of("s3Bucket", "s3ItemKey").forEach(name -> mandatory(build, attributes, name));
            case "github" -> {
                url(build, spec);
                mandatory(build, attributes, "branch");
            }
            case "archive" -> url(build, spec);
            case "git" -> {
                if (!attributes.has("branch") && !attributes.has("tag") && !attributes.has("reference")) {
                    missing(build, attributes, "branch", "a repository needs one of branch, tag and reference");
                }
            }
            default -> {}
        }
    }

    private static void url(Fields build, Build spec) {
        if (!spec.path().startsWith("http://") && !spec.path().startsWith("https://")) {
            build.report(ErrorCode.CODE_ENTRY_INVALID, "path")
                    .what(spec.path().isEmpty() ? "is missing" : "is no URL")
                    .why("Must provide valid URL when code entry type is github or archive")
                    .fix("write an address that starts with https://")
                    .add();
        }
    }

    private static void mandatory(Fields build, Attributes attributes, String name) {
        if (!attributes.has(name)) {
            missing(build, attributes, name, "Mandatory field - '" + name + "' not given");
        }
    }

    private static void missing(Fields build, Attributes attributes, String name, String why) {
        attributes
                .fields(build.problems())
                .report(ErrorCode.CODE_ENTRY_INVALID, name)
                .what("is missing")
                .why(why)
                .fix("add '" + name + "' below " + attributes.path())
                .add();
    }

    private static void reference(Fields at, String name, String nuclioName, String reference) {
        if (!reference.isEmpty() && !isReference(reference)) {
            at.report(ErrorCode.IMAGE_INVALID, name)
                    .what("can't be '" + reference + "'")
                    .why("Invalid " + nuclioName + " passed")
                    .fix("write a reference such as 'orders' or 'registry:5000/team/orders:1.4'")
                    .add();
        }
    }

    /** Docker's grammar, loosely: host and port, lower-case path, tag or digest; registries may be URLs of a scheme. */
    static boolean isReference(String text) {
        String reference = text.startsWith("http://") || text.startsWith("https://")
                ? text.substring(text.indexOf("//") + 2)
                : text;
        int slash = reference.indexOf('/');
        String path = slash < 0 ? reference : reference.substring(slash + 1);
        boolean signs = reference.chars().allMatch(c -> Character.isLetterOrDigit(c) || "._-/:@+".indexOf(c) >= 0);
        boolean ends = !reference.isEmpty()
                && !reference.startsWith("/")
                && !reference.startsWith(":")
                && !reference.endsWith(":")
                && !reference.contains("//")
                && !reference.contains("::");
        String name = path.split("[:@]", 2)[0];
        boolean host = slash < 0 && reference.matches("[A-Za-z0-9.-]+(:[0-9]+)?") && reference.contains(".");
        return signs
                && ends
                && reference.length() <= LONGEST
                && reference.chars().allMatch(c -> c < 128)
                && (host || name.chars().noneMatch(Character::isUpperCase));
    }
}
