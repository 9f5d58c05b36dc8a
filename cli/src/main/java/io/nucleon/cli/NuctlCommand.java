package io.nucleon.cli;

import io.nucleon.command.Product;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code nuctl}: nuclio's command on the local platform, with its words, its columns and its exit codes: 1 for every failure. {@code deploy},
 * {@code build} and {@code invoke} are Nucleon's own, which have nuctl's flags. Confined to one command.
 */
final class NuctlCommand {
    private static final String FUNCTIONS = "functions";

    private static final Map<String, String> VERBS = Map.of(
            "bu", "build", "upd", "update", "ver", "version", "cre", "create", "del", "delete", "dep", "deploy", "exp",
            "export", "imp", "import");

    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("fu", FUNCTIONS),
            Map.entry("fn", FUNCTIONS),
            Map.entry("function", FUNCTIONS),
            Map.entry("proj", "projects"),
            Map.entry("prj", "projects"),
            Map.entry("project", "projects"),
            Map.entry("fe", "functionevents"),
            Map.entry("functionevent", "functionevents"),
            Map.entry("agw", "apigateways"),
            Map.entry("apigateway", "apigateways"));

    /** Flags of nuctl whose value is the word behind them. */
    private static final List<String> WITH_VALUE = List.of(
            "-o",
            "--output",
            "-n",
            "--namespace",
            "--platform",
            "-k",
            "--kubeconfig",
            "-l",
            "--labels",
            "--concurrency");

    private final Terminal terminal;
    private final UserFolders folders;
    private final Cli cli;

    NuctlCommand(Terminal terminal, UserFolders folders, Cli cli) {
        this.terminal = terminal;
        this.folders = folders;
        this.cli = cli;
    }

    /** The exit code: 0 or 1. */
    int run(List<String> words) {
        try {
            return dispatch(words);
        } catch (NucleonException e) {
            terminal.out().flush();
            terminal.err()
                    .println("Error - " + e.error().what()
                            + (e.error().why().isEmpty() ? "" : ": " + e.error().why()));
            terminal.err().flush();
            return 1;
        }
    }

    private int dispatch(List<String> words) {
        Taken taken = Taken.of(words);
        return switch (taken.verb) {
            case "deploy", "build", "invoke" -> cli.run(taken.nucleon()) == 0 ? 0 : 1;
            case "version" -> {
                terminal.out().println("Client version:\n" + Product.installed().version());
                yield 0;
            }
            case "get" -> get(taken);
            case "export" -> export(taken);
            case "delete" -> delete(taken);
            default -> throw unsupported(taken.verb.isEmpty() ? "nuctl without a verb" : "nuctl " + taken.verb);
        };
    }

    /**
     * A command line of nuctl taken apart.
     *
     * @param kind of what follows; empty for verbs without one
     * @param words behind the verb, as given
     */
    private record Taken(String verb, String kind, Optional<String> name, String output, List<String> words) {
        static Taken of(List<String> all) {
            List<String> plain = new ArrayList<>();
            String output = "";
            for (int i = 0; i < all.size(); i++) {
                String word = all.get(i);
                if (WITH_VALUE.contains(word)) {
                    boolean last = i + 1 == all.size();
                    output = !last && (word.equals("-o") || word.equals("--output")) ? all.get(i + 1) : output;
                    i++;
                } else if (word.startsWith("--output=") || word.startsWith("-o=")) {
                    output = word.substring(word.indexOf('=') + 1);
                } else if (!word.startsWith("-")) {
                    plain.add(word);
                }
            }
            String verb = plain.isEmpty() ? "" : VERBS.getOrDefault(plain.getFirst(), plain.getFirst());
            String kind = plain.size() < 2 ? "" : KINDS.getOrDefault(plain.get(1), plain.get(1));
            return new Taken(verb, kind, plain.stream().skip(2).findFirst(), output, all);
        }

        /** The same for Nucleon, whose verb has no alias. */
        String[] nucleon() {
            List<String> same = new ArrayList<>(words);
            for (int i = 0; i < same.size(); i++) {
                if (VERBS.getOrDefault(same.get(i), "").equals(verb)) {
                    same.set(i, verb);
                    break;
                }
            }
            return same.toArray(new String[0]);
        }
    }

    private Platform platform() {
        return Platforms.local(folders, terminal.env());
    }

    /** Nothing found is an error only with a name, as in nuctl. */
    private List<Deployed> found(Taken taken) {
        if (!taken.kind.equals(FUNCTIONS)) {
            throw unsupported("nuctl " + taken.verb + " " + taken.kind);
        }
        List<Deployed> all = platform().list().stream()
                .filter(one -> taken.name.map(one.name()::equals).orElse(true))
                .toList();
        if (all.isEmpty() && taken.name.isPresent()) {
            throw ErrorMessage.of(ErrorCode.FUNCTION_NOT_DEPLOYED, "No functions found", "", "")
                    .toException();
        }
        return all;
    }

    private int get(Taken taken) {
        List<Deployed> all = found(taken);
        if (all.isEmpty()) {
            terminal.out().println("No functions found");
        } else if (List.of("yaml", "json").contains(taken.output)) {
            terminal.out().print(NuctlExport.documents(all, taken.output, false));
        } else if (List.of("", "text", "wide").contains(taken.output)) {
            terminal.out().print(NuctlTable.functions(all, taken.output.equals("wide")));
        } else {
            throw unsupported("output format " + taken.output);
        }
        return 0;
    }

    private int export(Taken taken) {
        List<Deployed> all = found(taken);
        boolean scrub = !taken.words.contains("--no-scrub");
        terminal.out().print(NuctlExport.documents(all, taken.output.equals("json") ? "json" : "yaml", scrub));
        return 0;
    }

    private int delete(Taken taken) {
        if (!taken.kind.equals(FUNCTIONS) || taken.name.isEmpty()) {
            throw unsupported("nuctl delete " + taken.kind + " without a name");
        }
        platform().delete(taken.name.get(), false);
        return 0;
    }

    private static RuntimeException unsupported(String what) {
        return ErrorMessage.of(ErrorCode.USAGE, what + " is not in this version", "", "")
                .toException();
    }
}
