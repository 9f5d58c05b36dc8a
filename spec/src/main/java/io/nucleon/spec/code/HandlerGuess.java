package io.nucleon.spec.code;

import io.nucleon.spec.RuntimeName;
import java.util.List;
import java.util.Optional;

/**
 * The handler of a file that says none: the name {@code handler}, else the only one that looks like a handler. nuclio takes {@code
 * STEM:handler} in every language, which shell, .NET and Java can never load.
 */
final class HandlerGuess {
    private static final String USUAL = "handler";

    private HandlerGuess() {}

    /**
     * The handler, empty when nothing in the file can be one.
     *
     * @param stem the file's name without its extension
     */
    static Optional<String> of(RuntimeName runtime, String fileName, String stem, SourceNames.Found found) {
        return switch (runtime.name()) {
            case "shell" -> Optional.of(fileName);
            case "java", "dotnetcore" -> only(found.handlers());
            default -> Optional.of(stem + ":" + function(found));
        };
    }

    private static String function(SourceNames.Found found) {
        return found.all().contains(USUAL) ? USUAL : only(found.handlers()).orElse(USUAL);
    }

    private static Optional<String> only(List<String> names) {
        return names.size() == 1 ? Optional.of(names.getFirst()) : named(names);
    }

    /** Of several the one that is called so: Handler, MyHandler:handler. */
    private static Optional<String> named(List<String> names) {
        List<String> usual = names.stream()
                .filter(name -> name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1)
                        .equalsIgnoreCase(USUAL))
                .toList();
        return usual.size() == 1 ? Optional.of(usual.getFirst()) : Optional.empty();
    }
}
