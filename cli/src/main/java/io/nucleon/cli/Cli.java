package io.nucleon.cli;

import io.nucleon.command.BenchOptions;
import io.nucleon.command.BuildOptions;
import io.nucleon.command.CommandEnd;
import io.nucleon.command.CommandReader;
import io.nucleon.command.ConformanceOptions;
import io.nucleon.command.DeleteOptions;
import io.nucleon.command.DeployOptions;
import io.nucleon.command.EventsOptions;
import io.nucleon.command.FlagSources;
import io.nucleon.command.FlagValue;
import io.nucleon.command.GlobalOptions;
import io.nucleon.command.GlobalOptions.Colour;
import io.nucleon.command.HelpPage;
import io.nucleon.command.InvokeOptions;
import io.nucleon.command.LogsOptions;
import io.nucleon.command.LookOptions;
import io.nucleon.command.NewOptions;
import io.nucleon.command.PageOptions;
import io.nucleon.command.Product;
import io.nucleon.command.ReplayOptions;
import io.nucleon.command.TemplatesOptions;
import io.nucleon.command.Terminal;
import io.nucleon.command.TestOptions;
import io.nucleon.command.UsageError;
import io.nucleon.command.Verb;
import io.nucleon.command.VerbOptions;
import io.nucleon.command.Words;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.UserFolders;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.SpecException;
import java.util.List;

/**
 * Finds the verb, runs it, shows its error. Confined to one thread and one run.
 *
 * <p>Pages without flags are shown before the parser's classes are loaded: these are too old a form of bytecode for the AOT cache and
 * take longer than all the rest.
 */
final class Cli {
    /** The flags that change how a page looks. */
    private static final List<String> CHANGE_PAGES = List.of("output", "color");

    private final Terminal terminal;
    private final UserFolders folders;
    private FlagSources sources;

    Cli(Terminal terminal) {
        this.terminal = terminal;
        this.folders = UserFolders.of(terminal.env());
    }

    /** The exit code. */
    int run(String... args) {
        if (args.length > 0 && args[0].equals("nuctl")) {
            return new NuctlCommand(terminal, folders, this).run(List.of(args).subList(1, args.length));
        }
        Words words = Words.of(args);
        try {
            if (words.verb().isEmpty()) {
                return withoutVerb(words.rest());
            }
            Verb verb = Verb.of(words.verb().get())
                    .orElseThrow(() -> UsageError.noVerb(words.verb().get()));
            if (isInstant(verb, words.rest()) && !FlagSources.mention(terminal, CHANGE_PAGES)) {
                return instant(verb, words.rest());
            }
            return run(
                    verb, CommandReader.read(verb, verb.options(), words.rest(), sources(List.of(args))), words.rest());
        } catch (SpecException e) {
            return CommandEnd.fail(
                    terminal,
                    List.of(args),
                    e.problems().stream().map(Problem::toMessage).toList());
        } catch (RuntimeException e) {
            return CommandEnd.fail(terminal, List.of(args), e);
        }
    }

    /** Environment and settings files, read once; files that are passed over are named then. */
    FlagSources sources(List<String> args) {
        if (sources == null) {
            sources = FlagSources.of(terminal);
            CommandEnd.warn(terminal, args, sources.warnings());
        }
        return sources;
    }

    private static boolean isInstant(Verb verb, List<String> rest) {
        if (rest.isEmpty()) {
            return verb == Verb.VERSION || verb == Verb.HELP;
        }
        String word = rest.getFirst();
        boolean page = (verb == Verb.HELP || verb == Verb.EXPLAIN) && !word.startsWith("-");
        return rest.size() == 1 && (page || word.equals("-h") || word.equals("--help"));
    }

    private int instant(Verb verb, List<String> rest) {
        if (verb == Verb.VERSION && rest.isEmpty()) {
            return VersionVerb.run(terminal, Verb.VERSION.options().global());
        }
        if (!rest.isEmpty() && rest.getFirst().startsWith("-")) {
            terminal.out().print(HelpPage.brief(verb, terminal.outLook(Colour.AUTO)));
            return 0;
        }
        return verb == Verb.HELP
                ? HelpVerb.run(terminal, rest.isEmpty() ? new PageOptions.Help() : PageOptions.Help.of(rest.getFirst()))
                : ExplainVerb.run(terminal, folders, PageOptions.Explain.of(rest.getFirst()));
    }

    private int run(Verb verb, VerbOptions options, List<String> words) {
        GlobalOptions global = options.global();
        if (global.help()) {
            terminal.out().print(HelpPage.brief(verb, terminal.outLook(global.colour())));
            return 0;
        }
        if (global.version()) {
            return VersionVerb.run(terminal, global);
        }
        return switch (options) {
            case NewOptions made -> new NewVerb(terminal, folders, made).run();
            case TemplatesOptions templates -> new TemplatesVerb(terminal, folders, templates).run();
            case InvokeOptions invoke -> new InvokeVerb(terminal, folders, invoke).run();
            case LookOptions.ListFunctions list -> new ListVerb(terminal, folders, global).run(list);
            case LookOptions.Get get -> get(get, words);
            case LookOptions.Doctor doctor -> new DoctorVerb(terminal, doctor).run(folders);
            case LogsOptions logs -> new LogsVerb(terminal, folders, logs).run();
            case TestOptions test -> new TestVerb(terminal, test).run(folders);
            case BenchOptions bench -> new BenchVerb(terminal, folders, bench).run();
            case ConformanceOptions conformance -> new ConformanceVerb(terminal, conformance).run();
            case EventsOptions events -> new EventsVerb(terminal, folders, events).run();
            case BuildOptions build -> new BuildVerb(terminal, build).run();
            case DeployOptions deploy -> new DeployVerb(terminal, folders, deploy).run();
            case DeleteOptions delete -> new DeleteVerb(terminal, folders, delete).run();
            case ReplayOptions replay -> new ReplayVerb(terminal, folders, replay).run();
            case PageOptions.Explain explain -> ExplainVerb.run(terminal, folders, explain);
            case PageOptions.Help help -> HelpVerb.run(terminal, help);
            case PageOptions.Completion completion -> CompletionVerb.run(terminal, completion);
            default -> otherwise(verb, global);
        };
    }

    private int get(LookOptions.Get get, List<String> words) {
        GlobalOptions global = get.global();
        ListVerb list = new ListVerb(terminal, folders, global);
        return switch (get.wanted()) {
            case LookOptions.Get.Config config -> {
                SettingsTable.of(FlagValue.all(words, sources(words), config.verb()))
                        .print(terminal, global);
                yield 0;
            }
            case LookOptions.Get.All all -> list.run(new LookOptions.ListFunctions(all.what()));
            case LookOptions.Get.Project project -> list.project(project.name());
            case LookOptions.Get.Function function ->
                new GetVerb(terminal, list.functions(), global).function(function.name());
        };
    }

    private int otherwise(Verb verb, GlobalOptions global) {
        if (verb == Verb.VERSION) {
            return VersionVerb.run(terminal, global);
        }
        throw ErrorMessage.of(
                        ErrorCode.INTERNAL,
                        "'" + verb.word() + "' was started in the wrong process",
                        "the launcher starts the processor for it",
                        "start it with the nucleon command")
                .toException();
    }

    private int withoutVerb(List<String> flags) {
        if (flags.isEmpty()) {
            terminal.out().print(HelpPage.overview(Product.installed(), terminal.outLook(Colour.AUTO)));
            return 0;
        }
        // Whatever the flags are, they are checked as those of a verb that has no other.
        VerbOptions options = CommandReader.read(Verb.VERSION, Verb.VERSION.options(), flags, sources(flags));
        if (options.global().version()) {
            return VersionVerb.run(terminal, options.global());
        }
        terminal.out()
                .print(HelpPage.overview(
                        Product.installed(), terminal.outLook(options.global().colour())));
        return 0;
    }
}
