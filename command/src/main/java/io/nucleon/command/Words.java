package io.nucleon.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The words of a command line, taken apart into verb and rest. The launcher takes them apart by the same rule. Immutable.
 *
 * @param verb the first word that is neither a flag nor the value of a global one
 * @param rest all the others, in their order
 */
public record Words(Optional<String> verb, List<String> rest) {
    /** The global flags whose value is the word behind them. */
    static final Set<String> WITH_VALUE = Set.of(
            "-o",
            "--output",
            "-n",
            "--namespace",
            "--project-name",
            "--project",
            "--platform",
            "-k",
            "--kubeconfig",
            "--context",
            "--color");

    /** Takes the words of {@code main} apart. */
    public static Words of(String... args) {
        List<String> rest = new ArrayList<>(List.of(args));
        for (int i = 0; i < args.length; i++) {
            if (WITH_VALUE.contains(args[i])) {
                i++;
            } else if (args[i].equals("--")) {
                break;
            } else if (!args[i].startsWith("-")) {
                rest.remove(i);
                return new Words(Optional.of(args[i]), List.copyOf(rest));
            }
        }
        return new Words(Optional.empty(), List.copyOf(rest));
    }
}
