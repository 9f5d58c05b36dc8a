package io.nucleon.builder.image;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.spec.Build;
import io.nucleon.spec.FunctionConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The Dockerfile of a function whose image needs commands, in nuclio's order: base, arguments, preCopy, files, health check, postCopy. The
 * files are the layers of {@link ImageLayers}, a folder each. Stateless.
 */
final class Dockerfile {
    /** Where nuclio's directives and onbuild images find the function's files, seen from the build's folder. */
    static final String HANDLER = "handler";

    /** The version of nuclio whose functions run here; part of the names of its onbuild images. */
    private static final String NUCLIO_LABEL = "1.14.1";

    /** The command behind which nuclio's commands run with the function's files in place. */
    private static final String POST_COPY = "@nuclio.postCopy";

    /** A second FROM would make another image out of what follows. */
    private static final Set<String> KINDS = Set.of(
            "ADD",
            "ARG",
            "CMD",
            "COPY",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "HEALTHCHECK",
            "LABEL",
            "MAINTAINER",
            "ONBUILD",
            "RUN",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");

    private final ImagePlan plan;
    private final Build build;
    private final List<Build.Directive> preCopy = new ArrayList<>();
    private final List<Build.Directive> postCopy = new ArrayList<>();

    /** @throws NucleonException NUC-6011 for what no Dockerfile may hold */
    private Dockerfile(ImagePlan plan) {
        this.plan = plan;
        this.build = plan.config().spec().build();
        if (build.commands().isEmpty()) {
            preCopy.addAll(build.directives().getOrDefault("preCopy", List.of()));
            postCopy.addAll(build.directives().getOrDefault("postCopy", List.of()));
        } else {
            splitCommands();
        }
    }

    /** Whether the function's image needs more than files. */
    static boolean isNeeded(FunctionConfig config) {
        Build build = config.spec().build();
        return !build.commands().isEmpty()
                || !build.images().onbuildImage().isEmpty()
                || build.directives().values().stream().anyMatch(list -> !list.isEmpty());
    }

    /**
     * Its text.
     *
     * @param base a name, or {@code scratch}
     * @param layers names of the folders that become the image's, in their order
     * @param architecture as Docker names it
     */
    static String of(ImagePlan plan, String base, List<String> layers, String architecture) {
        return String.join("\n", new Dockerfile(plan).lines(base, layers, architecture)) + "\n";
    }

    /** {@code NAME=VALUE} of the function's and nuclio's build arguments. */
    static List<String> arguments(ImagePlan plan, String architecture) {
        List<String> arguments = new ArrayList<>(List.of(
                "NUCLIO_LABEL=" + NUCLIO_LABEL,
                "NUCLIO_ARCH=" + architecture,
                "NUCLIO_BUILD_LOCAL_HANDLER_DIR=" + HANDLER));
        if (plan.config().spec().build().offline()) {
            arguments.add("NUCLIO_BUILD_OFFLINE=true");
        }
        given(plan.config()).forEach((name, value) -> arguments.add(name + "=" + value));
        return arguments;
    }

    /** An empty value removes one of the platform's, which has none. */
    private static Map<String, String> given(FunctionConfig config) {
        Map<String, String> all = new TreeMap<>(config.spec().build().args());
        all.values().removeIf(String::isEmpty);
        for (String name : all.keySet()) {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw refused("spec.build.args", name, "it is no name of an argument");
            }
        }
        return all;
    }

    /** Each becomes a RUN; one that ends with a backslash goes on with the next. */
    private void splitCommands() {
        List<Build.Directive> place = preCopy;
        StringBuilder command = new StringBuilder();
        for (String part : build.commands()) {
            if (part.strip().equals(POST_COPY)) {
                place = postCopy;
            } else if (part.endsWith("\\")) {
                command.append(part, 0, part.length() - 1);
            } else {
                place.add(new Build.Directive("RUN", command + part));
                command.setLength(0);
            }
        }
        if (!command.isEmpty()) {
            place.add(new Build.Directive("RUN", command.toString()));
        }
    }

    private List<String> lines(String base, List<String> layers, String architecture) {
        List<String> lines = new ArrayList<>();
        String onbuild = onbuildImage(architecture);
        if (!onbuild.isEmpty()) {
            // WORKDIR makes the folder where the image's own steps made none.
            lines.addAll(List.of("FROM " + word(onbuild, "onbuildImage") + " AS onbuild", "WORKDIR " + ImagePlan.CODE));
        }
        lines.add("FROM " + word(base, "baseImage"));
        for (String argument : arguments(plan, architecture)) {
            lines.add("ARG " + argument.substring(0, argument.indexOf('=')));
        }
        preCopy.forEach(directive -> lines.add(line(directive)));
        if (!onbuild.isEmpty()) {
            lines.add("COPY --from=onbuild " + ImagePlan.CODE + "/ " + ImagePlan.CODE + "/");
        }
        layers.forEach(layer -> lines.add("COPY " + layer + "/ /"));
        plan.labels().forEach((name, value) -> lines.add("LABEL " + quoted(name) + "=" + quoted(value)));
        plan.environment().forEach((name, value) -> lines.add("ENV " + name + "=" + quoted(value)));
        lines.add("EXPOSE 8080 8082");
        lines.add("HEALTHCHECK --interval="
                + seconds(plan.config().spec().platform().healthCheckInterval())
                + " --timeout=" + seconds(HealthCheck.TIMEOUT) + " CMD [\"" + String.join("\", \"", HealthCheck.COMMAND)
                + "\"]");
        postCopy.forEach(directive -> lines.add(line(directive)));
        lines.add("WORKDIR " + ImagePlan.CODE);
        if (postCopy.stream().noneMatch(directive -> directive.kind().equalsIgnoreCase("USER"))) {
            lines.add("USER " + ImagePlan.USER);
        }
        lines.add("CMD [\"processor\"]");
        return lines;
    }

    /** nuclio's template has two fields. */
    private String onbuildImage(String architecture) {
        return build.images()
                .onbuildImage()
                .replaceAll("\\{\\{\\s*\\.Label\\s*}}", NUCLIO_LABEL)
                .replaceAll("\\{\\{\\s*\\.Arch\\s*}}", architecture);
    }

    private static String word(String image, String field) {
        if (image.isEmpty() || image.startsWith("-") || image.chars().anyMatch(Character::isWhitespace)) {
            throw refused("spec.build." + field, image, "it is no name of an image");
        }
        return image;
    }

    private static String line(Build.Directive directive) {
        if (!KINDS.contains(directive.kind().toUpperCase(Locale.ROOT))) {
            throw refused("spec.build.directives", directive.kind(), "it is no instruction that may stand there");
        }
        String value = directive.value().strip();
        List<String> lines = value.lines().toList();
        for (String line : lines.subList(0, Math.max(0, lines.size() - 1))) {
            // What a line of its own holds would be an instruction, FROM too.
            if (!line.stripTrailing().endsWith("\\")) {
                throw refused(
                        "spec.build",
                        line,
                        "its next line would be an instruction of its own; end it with a backslash");
            }
        }
        return directive.kind() + " " + value;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() + "ms";
    }

    /** As a Dockerfile's quotes want it; line ends and other controls have no place there. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c == '$') {
                quoted.append('\\');
            }
            quoted.append(Character.isISOControl(c) ? ' ' : c);
        }
        return quoted.append('"').toString();
    }

    static NucleonException refused(String field, String value, String why) {
        return ErrorMessage.of(
                        ErrorCode.BUILD_COMMANDS_REFUSED, field + " holds '" + value + "'", why, "change " + field)
                .toException();
    }
}
