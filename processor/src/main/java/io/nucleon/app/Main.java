package io.nucleon.app;

import io.nucleon.command.CommandReader;
import io.nucleon.command.ProcessorOptions;
import io.nucleon.command.RunOptions;
import io.nucleon.command.Terminal;
import io.nucleon.command.Verb;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.MessageText;
import io.nucleon.error.NucleonException;
import io.nucleon.host.LastError;
import io.nucleon.host.UserFolders;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.SpecException;
import java.util.Arrays;
import java.util.List;

/**
 * The processor's entry point, started by the launcher for {@code run} and {@code processor}. Confined to the main thread, which ends the
 * process with the exit code of what happened.
 */
public final class Main {

    private Main() {}

    /** Runs the verb in {@code args[0]}. */
    public static void main(String[] args) {
        System.setProperty("chronicle.analytics.disable", "true");
        Terminal terminal = Terminal.ofProcess();
        boolean json = Arrays.asList(args).contains("json");
        int exit;
        try {
            exit = run(args, terminal);
        } catch (SpecException e) {
            exit = show(
                    terminal,
                    json,
                    e.problems().stream().map(Problem::toMessage).toList());
        } catch (NucleonException e) {
            exit = show(terminal, json, List.of(e.error()));
        } catch (RuntimeException e) {
            exit = show(terminal, json, List.of(internal(e)));
        }
        terminal.out().flush();
        terminal.err().flush();
        // halt would skip the logs' last lines; exit runs the hooks, which find everything stopped
        System.exit(exit);
    }

    private static int run(String[] args, Terminal terminal) {
        String word = Arrays.stream(args)
                .filter(arg -> !arg.startsWith("-"))
                .findFirst()
                .orElse("");
        List<String> rest = new java.util.ArrayList<>(Arrays.asList(args));
        rest.remove(word);
        return switch (word) {
            case "run" ->
                new RunCommand(CommandReader.read(Verb.RUN, new RunOptions(), rest, terminal.env()), terminal).run();
            case "processor" ->
                new ProcessorCommand(
                                CommandReader.read(Verb.PROCESSOR, new ProcessorOptions(), rest, terminal.env()),
                                terminal)
                        .run();
            default ->
                throw new ErrorMessage(ErrorCode.USAGE, "no verb '" + word + "' here", "", List.of("run or processor"))
                        .toException();
        };
    }

    private static int show(Terminal terminal, boolean json, List<ErrorMessage> messages) {
        new LastError(UserFolders.of(terminal.env())).remember(messages.getFirst());
        if (json) {
            messages.forEach(message -> terminal.err().println(MessageText.json(message)));
        } else {
            terminal.err()
                    .print(MessageText.terminal(
                            messages, terminal.errLook(io.nucleon.command.GlobalOptions.Colour.AUTO)));
        }
        return messages.getFirst().code().exit();
    }

    private static ErrorMessage internal(RuntimeException e) {
        java.io.StringWriter trace = new java.io.StringWriter();
        e.printStackTrace(new java.io.PrintWriter(trace));
        return ErrorMessage.of(
                        ErrorCode.INTERNAL,
                        "nucleon itself failed; your function did nothing wrong",
                        "internal: " + e,
                        "report it with what stands above")
                .as(io.nucleon.error.Severity.ERROR);
    }
}
