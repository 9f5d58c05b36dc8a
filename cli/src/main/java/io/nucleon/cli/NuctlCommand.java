package io.nucleon.cli;

import io.nucleon.builder.source.CodeTree;
import io.nucleon.command.CommandReader;
import io.nucleon.command.GlobalOptions.Colour;
import io.nucleon.command.InvokeOptions;
import io.nucleon.command.Product;
import io.nucleon.command.Terminal;
import io.nucleon.command.Verb;
import io.nucleon.command.VerbOptions;
import io.nucleon.command.Words;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.Platform;
import io.nucleon.platform.local.LocalPlatform;
import io.nucleon.spec.FunctionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * {@code nuctl}: nuclio's command, with its words, its columns and its exit codes: 1 for every failure. {@code deploy},
 * {@code build} and {@code invoke} are Nucleon's own, which have nuctl's flags. Confined to one command.
 */
final class NuctlCommand {
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
            return dispatch(NuctlWords.of(words));
        } catch (NucleonException e) {
            terminal.out().flush();
            terminal.err().println("Error - " + e.error().reason());
            terminal.err().flush();
            return 1;
        }
    }

    private int dispatch(NuctlWords taken) {
        if (taken.asksForHelp()) {
            terminal.out().print(terminal.outLook(Colour.AUTO).symbols(HelpVerb.written(HelpVerb.NUCTL)));
            return 0;
        }
        if (taken.lacksKind()) {
            throw ErrorMessage.of(
                            ErrorCode.USAGE,
                            "nuctl " + taken.verb() + " what? functions, projects or functionevents; see nuctl --help",
                            "",
                            "")
                    .toException();
        }
        return switch (taken.verb()) {
            case "build" -> nucleon(building(taken));
            case "invoke" -> invoke(taken.as("invoke"));
            case "deploy" -> nucleon(deploying(taken.as("deploy")));
            case "update" -> update(taken);
            case "version" -> {
                terminal.out().println("Client version:\n" + Product.installed().version());
                yield 0;
            }
            case "get" -> get(taken);
            case "export" -> export(taken);
            case "import" -> imports(taken).run(taken);
            case "parse" -> NuctlReport.show(terminal, taken);
            case "create" -> create(taken);
            case "delete" -> delete(taken);
            default -> throw unsupported("nuctl " + taken.verb());
        };
    }

    /** nuctl makes images, where Nucleon makes a folder unless told otherwise. */
    private static List<String> building(NuctlWords taken) {
        List<String> words = new ArrayList<>(taken.as("build"));
        if (!taken.has("--format")) {
            words.addAll(List.of("--format", taken.has("--output-image-file") ? "oci-tar" : "image"));
        }
        return words;
    }

    private int invoke(List<String> words) {
        List<String> all = new ArrayList<>(words);
        if (words.stream().noneMatch(word -> word.matches("(-l|--log-level)(=.*)?"))) {
            all.addAll(List.of("--log-level", "info"));
        }
        Words rest = Words.of(all.toArray(new String[0]));
        VerbOptions options = CommandReader.read(Verb.INVOKE, Verb.INVOKE.options(), rest.rest(), cli.sources(all));
        return options instanceof InvokeOptions invoke && !invoke.global().help()
                ? new NuctlInvoke(terminal, folders, invoke).run()
                : nucleon(all);
    }

    private int nucleon(List<String> words) {
        return cli.run(words.toArray(new String[0])) == 0 ? 0 : 1;
    }

    private LocalPlatform platform() {
        return Platforms.local(folders, terminal.env());
    }

    /** Where functions are: as the flag or nuctl's variable says. */
    private Platform serving(NuctlWords taken) {
        List<String> flag = taken.has("--platform") ? List.of("--platform=" + taken.flag("--platform")) : List.of();
        VerbOptions options = CommandReader.read(Verb.LIST, Verb.LIST.options(), flag, cli.sources(flag));
        return Platforms.of(options.global(), folders, terminal.env());
    }

    private NuctlProjects projects(NuctlWords taken) {
        return new NuctlProjects(platform(), serving(taken));
    }

    private NuctlImport imports(NuctlWords taken) {
        if (!List.of(NuctlWords.FUNCTIONS, NuctlWords.PROJECTS).contains(taken.kind())) {
            throw unsupported("nuctl import " + taken.kind());
        }
        return new NuctlImport(terminal, platform(), projects(taken));
    }

    /** What was imported under a name is what its deployment begins with, unless a file is given. */
    private List<String> deploying(List<String> words) {
        boolean given = words.stream().anyMatch(word -> word.matches("-f|--file|(-f|--file)=.*"));
        if (given) {
            return words;
        }
        LocalPlatform platform = platform();
        Optional<String> name =
                platform.imported().names().stream().filter(words::contains).findFirst();
        List<String> all = new ArrayList<>(words);
        name.ifPresent(one ->
                all.addAll(List.of("--file", platform.imported().file(one).toString())));
        return all;
    }

    /** The function as it is deployed, with what the flags change; its code stays unless they name another. */
    private int update(NuctlWords taken) {
        List<Deployed> found = found(taken);
        if (taken.name().isEmpty()) {
            throw unsupported("nuctl update without a name");
        }
        List<String> words = taken.as("deploy");
        String name = found.getFirst().name();
        if (found.getFirst().version() == 0) {
            return nucleon(deploying(words));
        }
        boolean hasCode = words.stream().anyMatch(word -> word.matches("-p|--path|--source|(-p|--path|--source)=.*"));
        Optional<Path> code = serving(taken) instanceof LocalPlatform local ? local.served(name) : Optional.empty();
        if (!hasCode && code.isEmpty()) {
            throw ErrorMessage.of(
                            ErrorCode.USAGE,
                            "the code of function '" + name + "' is in its image alone: name it by --path",
                            "",
                            "")
                    .toException();
        }
        List<String> all = new ArrayList<>(words);
        if (!hasCode) {
            all.addAll(List.of("--path", code.orElseThrow().toString()));
        }
        return withFile(found.getFirst().config(), file -> {
            all.addAll(List.of("--file", file.toString()));
            return nucleon(all);
        });
    }

    private static int withFile(String config, ToIntFunction<Path> command) {
        try {
            Path folder = Files.createTempDirectory("nuctl");
            try {
                return command.applyAsInt(Files.writeString(folder.resolve("function.yaml"), config));
            } finally {
                CodeTree.remove(folder);
            }
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.FILE_UNREADABLE,
                            "the function's configuration can't be written down",
                            String.valueOf(e.getMessage()),
                            "see that the folder for temporary files has room")
                    .toException(e);
        }
    }

    /** Nothing found is an error only with a name, as in nuctl. */
    private List<Deployed> found(NuctlWords taken) {
        if (!taken.kind().equals(NuctlWords.FUNCTIONS)) {
            throw unsupported("nuctl " + taken.verb() + " " + taken.kind());
        }
        Map<String, String> labels = NuctlProjects.labels(taken.flag("--labels"));
        List<Deployed> all = serving(taken).list().stream()
                .filter(one -> taken.name().map(one.name()::equals).orElse(true))
                .filter(one -> FunctionReader.read(one.config(), "function.yaml")
                        .asFarAsRead()
                        .metadata()
                        .labels()
                        .entrySet()
                        .containsAll(labels.entrySet()))
                .toList();
        if (all.isEmpty() && taken.name().isPresent()) {
            throw notFound("functions");
        }
        return all;
    }

    private static RuntimeException notFound(String kind) {
        return ErrorMessage.of(ErrorCode.FUNCTION_NOT_DEPLOYED, "No " + kind + " found", "", "")
                .toException();
    }

    private int get(NuctlWords taken) {
        String output = taken.output("text");
        if (!List.of("text", "wide", "yaml", "json").contains(output)) {
            throw unsupported("output format " + output);
        }
        String text = switch (taken.kind()) {
            case NuctlWords.PROJECTS -> projects(taken).get(taken.name(), output);
            case NuctlWords.EVENTS -> events().get(taken.name(), taken.flag("--function"), output);
            case NuctlWords.GATEWAYS -> {
                // There are none without a cluster.
                if (taken.name().isPresent()) {
                    throw notFound("API gateways");
                }
                yield "No API gateways found\n";
            }
            default -> functions(found(taken), output);
        };
        terminal.out().print(text);
        return 0;
    }

    private static String functions(List<Deployed> all, String output) {
        if (all.isEmpty()) {
            return "No functions found\n";
        }
        return List.of("yaml", "json").contains(output)
                ? NuctlExport.documents(all, output, false, false)
                : NuctlTable.functions(all, output.equals("wide"));
    }

    private int export(NuctlWords taken) {
        boolean scrub = !taken.has("--no-scrub");
        boolean cleans = taken.has("--cleanup-spec");
        String form = taken.output("yaml").equals("json") ? "json" : "yaml";
        terminal.out()
                .print(
                        taken.kind().equals(NuctlWords.PROJECTS)
                                ? projects(taken).export(taken.name(), form, scrub, cleans)
                                : NuctlExport.documents(found(taken), form, scrub, cleans));
        return 0;
    }

    private NuctlEvents events() {
        return new NuctlEvents(platform().functionEvents());
    }

    private int create(NuctlWords taken) {
        if (taken.kind().equals(NuctlWords.EVENTS)) {
            events().create(taken);
            return 0;
        }
        refuseGateways(taken);
        if (!taken.kind().equals(NuctlWords.PROJECTS) || taken.name().isEmpty()) {
            throw unsupported("nuctl create " + taken.kind() + (taken.name().isEmpty() ? " without a name" : ""));
        }
        projects(taken).create(taken.name().get(), taken.flag("--description"), taken.flag("--owner"));
        return 0;
    }

    private static void refuseGateways(NuctlWords taken) {
        if (taken.kind().equals(NuctlWords.GATEWAYS)) {
            throw ErrorMessage.of(
                            ErrorCode.USAGE,
                            "nuctl " + taken.verb() + " apigateway means nothing on the local platform ("
                                    + ErrorCode.USAGE.code() + ")",
                            "API gateways are made of a cluster's ingresses; here a function has its own address: nuctl get functions -o wide",
                            "")
                    .toException();
        }
    }

    private int delete(NuctlWords taken) {
        refuseGateways(taken);
        if (taken.name().isEmpty()) {
            throw unsupported("nuctl delete " + taken.kind() + " without a name");
        }
        switch (taken.kind()) {
            case NuctlWords.FUNCTIONS -> {
                serving(taken).delete(taken.name().get(), false);
                events().deleteOf(taken.name().get());
            }
            case NuctlWords.EVENTS -> events().delete(taken.name().get());
            case NuctlWords.PROJECTS -> {
                String strategy = taken.has("--force") ? "cascading" : taken.flag("--strategy");
                projects(taken).delete(taken.name().get(), strategy.isEmpty() ? "restricted" : strategy);
            }
            default -> throw unsupported("nuctl delete " + taken.kind());
        }
        return 0;
    }

    static RuntimeException unsupported(String what) {
        return ErrorMessage.of(ErrorCode.USAGE, what + " is not in this version", "", "")
                .toException();
    }
}
