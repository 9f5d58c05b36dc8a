package io.nucleon.app;

import io.nucleon.command.CommandEnd;
import io.nucleon.command.CommandReader;
import io.nucleon.command.FlagSources;
import io.nucleon.command.HelpPage;
import io.nucleon.command.ProcessorOptions;
import io.nucleon.command.Product;
import io.nucleon.command.RunOptions;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.command.Verb;
import io.nucleon.command.VerbOptions;
import io.nucleon.command.Words;
import io.nucleon.error.ErrorCode;
import io.nucleon.runtime.process.ProcessRuntimeFactory;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.SpecException;
import java.util.List;

/**
 * The processor's entry point, started by the launcher for {@code run} and {@code processor}. Confined to the main thread, which ends the
 * process with the exit code of what happened.
 */
public final class Main {

    private static final int BAD_CONFIG = ErrorCode.CONFIG_UNREADABLE.exit();

    private Main() {}

    /** Runs the verb that the words name. */
    public static void main(String[] args) {
        System.setProperty("chronicle.analytics.disable", "true");
        Terminal terminal = Terminal.ofProcess();
        int exit = run(terminal, args);
        terminal.out().flush();
        terminal.err().flush();
        // halt would skip the logs' last lines; exit runs the hooks, which find everything stopped
        System.exit(exit);
    }

    private static int run(Terminal terminal, String... args) {
        try {
            Words words = Words.of(args);
            String word = words.verb().orElse("");
            Verb verb = Verb.of(word).orElseThrow(() -> UsageError.noVerb(word));
            ProcessRuntimeFactory.warmUp();
            return run(
                    verb,
                    CommandReader.read(verb, verb.options(), words.rest(), sources(verb, terminal, args)),
                    terminal);
        } catch (SpecException e) {
            int exit = CommandEnd.fail(
                    terminal,
                    List.of(args),
                    e.problems().stream().map(Problem::toMessage).toList());
            return exit == 0 ? BAD_CONFIG : exit; // a warning that was to be taken as an error
        } catch (StartException e) {
            return CommandEnd.fail(terminal, List.of(args), e.errors());
        } catch (RuntimeException e) {
            return CommandEnd.fail(terminal, List.of(args), e);
        }
    }

    private static FlagSources sources(Verb verb, Terminal terminal, String... args) {
        if (verb == Verb.PROCESSOR) {
            return FlagSources.variables(terminal.env());
        }
        FlagSources sources = FlagSources.of(terminal);
        CommandEnd.warn(terminal, List.of(args), sources.warnings());
        return sources;
    }

    private static int run(Verb verb, VerbOptions options, Terminal terminal) {
        if (options.global().help()) {
            terminal.out()
                    .print(HelpPage.brief(
                            verb, terminal.outLook(options.global().colour())));
            return 0;
        }
        if (options.global().version()) {
            terminal.out().println("nucleon " + Product.installed().version());
            return 0;
        }
        return switch (options) {
            case RunOptions run -> new RunCommand(run, terminal).run();
            case ProcessorOptions processor -> new ProcessorCommand(processor, terminal).run();
            default -> throw UsageError.badValue("the verb", verb.word(), "it starts no function", "run or processor");
        };
    }
}
