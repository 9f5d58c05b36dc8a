package io.nucleon.spec;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.yaml.MapNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a platform checks before it deploys a function, beyond what every reader of its file checks. What needs a cluster or the
 * other functions (projects, ingress clashes, stale versions) is the platforms' own. Safe for many threads.
 */
public final class DeployCheck {
    private static final Set<String> RESERVED = Set.of("dashboard", "controller", "dlx", "scaler");

    /** A DNS label, which host, container and service names are made of. */
    private static final int LONGEST_NAME = 63;

    private DeployCheck() {}

    /**
     * All that is wrong, in the file's order.
     *
     * @param config after defaults of the platform and the default trigger were added
     */
    public static List<Problem> check(FunctionConfig config) {
        var problems = new Problems();
        var document = new Fields(config.raw(), "", problems);
        Fields spec = document.map("spec");
        name(document.map("metadata"), config.metadata().name());
        new ScalingCheck(spec, config.spec()).check();
        new ImageCheck(spec, config).check();
        VolumeCheck.check(spec, config.spec().volumes());
        new ContainerCheck(spec).check();
        nodeSelector(spec.map("nodeSelector"));
        serviceType(spec, config.spec().pod().serviceType());
        return problems.inOrder();
    }

    /** The HTTP status that an API answers with when it refuses a function for a problem of this code; nuclio's where it has one. */
    public static int httpStatus(ErrorCode code) {
        return switch (code) {
            case FUNCTION_NAME_RESERVED -> 412;
            case IMAGE_WITHOUT_RUNTIME, SCALE_TO_ZERO_REFUSED -> 500;
            default -> 400;
        };
    }

    /** Why a function can't have this name, in nuclio's words where it has some; empty when it can. */
    public static Optional<String> nameFault(String name) {
        if (name.isEmpty()) {
            return Optional.of("Function must have a name");
        }
        return isLabel(name)
                ? Optional.empty()
                : Optional.of("names have at most 63 of a-z, 0-9 and '-', with no '-' at the ends");
    }

    private static void name(Fields metadata, String name) {
        if (RESERVED.contains(name)) {
            metadata.report(ErrorCode.FUNCTION_NAME_RESERVED, "name")
                    .what("can't be '" + name + "'")
                    .why("Function name " + name + " is reserved and cannot be used.")
                    .fix("give it another name, such as 'my-" + name + "'")
                    .add();
            return;
        }
        nameFault(name)
                .ifPresent(fault -> metadata.report(ErrorCode.FUNCTION_NAME_INVALID, "name")
                        .what(name.isEmpty() ? "is missing" : "can't be '" + name + "'")
                        .why(fault)
                        .fix(name.isEmpty() ? "set metadata.name" : "write '" + suggestion(name) + "'")
                        .add());
    }

    private static boolean isLabel(String name) {
        return name.length() <= LONGEST_NAME
                && !name.startsWith("-")
                && !name.endsWith("-")
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    /** The nearest name that can be used. */
    private static String suggestion(String name) {
        var label = new StringBuilder();
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            boolean fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (fits || (!label.isEmpty() && label.charAt(label.length() - 1) != '-')) {
                label.append(fits ? c : '-');
            }
        }
        String text = label.substring(0, Math.min(label.length(), LONGEST_NAME));
        String ended = text.endsWith("-") ? text.substring(0, text.length() - 1) : text;
        return ended.isEmpty() ? "my-function" : ended;
    }

    /** Entries with an empty value are removed later, so they are no fault. */
    private static void nodeSelector(Fields selector) {
        for (MapNode.Entry entry : selector.node().entries()) {
            String value = selector.text(entry.key(), "");
            String label = entry.key().substring(entry.key().lastIndexOf('/') + 1);
            boolean key = isLabelText(label);
            if (!key || !(value.isEmpty() || isLabelText(value))) {
                selector.report(ErrorCode.NODE_SELECTOR_INVALID, entry.key())
                        .what(key ? "can't be '" + value + "'" : "is no key of a label")
                        .why(key ? "Invalid value: " + value : "Invalid key: " + entry.key())
                        .fix("write at most 63 letters, digits, '-', '_' or '.'")
                        .add();
            }
        }
    }

    private static boolean isLabelText(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_NAME
                && isAlphanumeric(text.charAt(0))
                && isAlphanumeric(text.charAt(text.length() - 1))
                && text.chars().allMatch(c -> isAlphanumeric((char) c) || "-_.".indexOf(c) >= 0);
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static void serviceType(Fields spec, String type) {
        if (!Set.of("", "ClusterIP", "NodePort").contains(type)) {
            spec.report(ErrorCode.WORD_NOT_ALLOWED, "serviceType")
                    .what("can't be '" + type + "'")
                    .why("Unsupported service type " + type)
                    .fix("write ClusterIP or NodePort")
                    .add();
        }
    }
}
