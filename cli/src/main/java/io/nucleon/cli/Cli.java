package io.nucleon.cli;

import io.nucleon.command.CommandReader;
import io.nucleon.command.GlobalOptions;
import io.nucleon.command.GlobalOptions.Colour;
import io.nucleon.command.HelpPage;
import io.nucleon.command.InvokeOptions;
import io.nucleon.command.PageOptions;
import io.nucleon.command.Product;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.command.Verb;
import io.nucleon.command.VerbOptions;
import io.nucleon.command.Words;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.MessageText;
import io.nucleon.error.NucleonException;
import io.nucleon.host.LastError;
import io.nucleon.host.UserFolders;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Finds the verb, runs it, shows its error. Confined to one thread and one run.
 *
 * <p>Pages without flags are shown before the parser's classes are loaded: these are too old a form of bytecode for the AOT cache and
 * take longer than all the rest.
 */
final class Cli {
    private final Terminal terminal;
    private final UserFolders folders;

    Cli(Terminal terminal) {
        this.terminal = terminal;
        this.folders = UserFolders.of(terminal.env());
    }

    /** The exit code. */
    int run(String... args) {
        Words words = Words.of(args);
        // What is needed to show an error, should the words not be readable.
        VerbOptions options = Verb.VERSION.options();
        try {
            if (words.verb().isEmpty()) {
                return withoutVerb(words.rest());
            }
            Verb verb = Verb.of(words.verb().get())
                    .orElseThrow(() -> UsageError.noVerb(words.verb().get()));
            if (!changesPages(terminal.env()) && isInstant(verb, words.rest())) {
                return instant(verb, words.rest());
            }
            options = CommandReader.read(verb, verb.options(), words.rest(), terminal.env());
            return run(verb, options);
        } catch (NucleonException e) {
            return fail(e, options.global(), args);
        } catch (RuntimeException e) {
            return fail(internal(e), options.global(), args);
        }
    }

    /** Whether a variable stands for one of the flags that change a page. */
    private static boolean changesPages(Map<String, String> env) {
        return env.containsKey("NUCLEON_OUTPUT") || env.containsKey("NUCLEON_COLOR");
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

    private int run(Verb verb, VerbOptions options) {
        GlobalOptions global = options.global();
        if (global.help()) {
            terminal.out().print(HelpPage.brief(verb, terminal.outLook(global.colour())));
            return 0;
        }
        if (global.version()) {
            return VersionVerb.run(terminal, global);
        }
        return switch (options) {
            case InvokeOptions invoke -> new InvokeVerb(terminal, folders, invoke).run();
            case PageOptions.Explain explain -> ExplainVerb.run(terminal, folders, explain);
            case PageOptions.Help help -> HelpVerb.run(terminal, help);
            case PageOptions.Completion completion -> CompletionVerb.run(terminal, completion);
            default -> otherwise(verb, global);
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
        VerbOptions options = CommandReader.read(Verb.VERSION, Verb.VERSION.options(), flags, terminal.env());
        if (options.global().version()) {
            return VersionVerb.run(terminal, options.global());
        }
        terminal.out()
                .print(HelpPage.overview(
                        Product.installed(), terminal.outLook(options.global().colour())));
        return 0;
    }

    private int fail(NucleonException e, GlobalOptions options, String... args) {
        ErrorMessage message = e.error();
        terminal.out().flush();
        if (wantsJson(options, args)) {
            terminal.err().println(MessageText.json(message));
        } else {
            terminal.err().print(MessageText.terminal(message, terminal.errLook(options.colour())));
            if (options.verbosity() > 0 && e.getCause() != null) {
                terminal.err().print(trace(e.getCause()));
            }
        }
        terminal.err().flush();
        if (message.code() != ErrorCode.PAGE_UNKNOWN) {
            // A wrong word behind 'explain' must not take the place of what was to be explained.
            new LastError(folders).remember(message);
        }
        return message.code().exit();
    }

    /** Also when the words could not be read: a program that asked for JSON can't read anything else. */
    private static boolean wantsJson(GlobalOptions options, String... args) {
        List<String> words = Arrays.asList(args);
        int flag = Math.max(words.indexOf("-o"), words.indexOf("--output"));
        return options.output().isDocument()
                || words.contains("--output=json")
                || words.contains("-o=json")
                || (flag >= 0 && flag + 1 < words.size() && words.get(flag + 1).equals("json"));
    }

    private static NucleonException internal(RuntimeException e) {
        return ErrorMessage.of(
                        ErrorCode.INTERNAL,
                        "nucleon itself failed; your function did nothing wrong",
                        "internal: " + e,
                        "run it again with -v and report what it prints")
                .with(trace(e))
                .toException(e);
    }

    private static String trace(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
