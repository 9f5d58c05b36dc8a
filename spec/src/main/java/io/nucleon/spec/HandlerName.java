package io.nucleon.spec;

import java.util.Optional;

/**
 * A handler string taken apart: {@code module:entrypoint}.
 *
 * @param module the part before the colon; empty when there is no colon
 * @param entrypoint the part behind it, or all
 */
public record HandlerName(String module, String entrypoint) {
    /** The parts, empty when there are more than two of them. */
    public static Optional<HandlerName> parse(String text) {
        String[] parts = text.split(":", -1);
        return switch (parts.length) {
            case 1 -> Optional.of(new HandlerName("", parts[0].strip()));
            case 2 -> Optional.of(new HandlerName(parts[0].strip(), parts[1].strip()));
            default -> Optional.empty();
        };
    }

    /** Why a runtime can't take this handler, in a user's words; empty when it can, or when the handler is empty. */
    static Optional<String> fault(RuntimeName runtime, String handler) {
        if (handler.isEmpty() || runtime.name().equals("shell")) {
            return Optional.empty();
        }
        Optional<HandlerName> parts = parse(handler);
        if (parts.isEmpty()) {
            return Optional.of("Invalid handler name " + handler + ": it has more than one ':'");
        }
        return switch (runtime.name()) {
            case "python", "graalpy" -> python(parts.get(), handler);
            case "nodejs", "graaljs" -> nodejs(parts.get());
            case "ruby" -> parts.get().module().isEmpty() ? Optional.of("it has no ':'") : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** How a handler of a runtime looks. */
    public static String example(RuntimeName runtime) {
        return switch (runtime.name()) {
            case "nodejs", "graaljs" -> "main.js:handler";
            case "dotnetcore" -> "MyNamespace.MyType:Method";
            case "java" -> "com.example.MyHandler";
            case "shell" -> "main.sh";
            default -> "main:handler";
        };
    }

    /** nuclio's pattern {@code ^([\w|-]+(\.[\w|-]+)*):(\w+)$}, by hand: with doubled quantifiers it can take for ever. */
    private static Optional<String> python(HandlerName parts, String handler) {
        if (parts.module.isEmpty()) {
            return Optional.of("Malformed handler: it has no module before a ':'");
        }
        boolean module = !handler.contains("..") && !parts.module.startsWith(".") && !parts.module.endsWith(".");
        return module
                        && consistsOf(parts.module, "._-|")
                        && !parts.entrypoint.isEmpty()
                        && consistsOf(parts.entrypoint, "_")
                ? Optional.empty()
                : Optional.of("Malformed handler: it is not of the form package.module:function");
    }

    private static Optional<String> nodejs(HandlerName parts) {
        return consistsOf(parts.module, "_-/.\\") && !parts.entrypoint.isEmpty()
                ? Optional.empty()
                : Optional.of("it is not of the form file.js:export");
    }

    private static boolean consistsOf(String text, String others) {
        return text.chars().allMatch(c -> Character.isLetterOrDigit(c) || others.indexOf(c) >= 0);
    }
}
