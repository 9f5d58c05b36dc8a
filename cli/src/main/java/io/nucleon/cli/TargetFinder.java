package io.nucleon.cli;

import io.nucleon.command.GlobalOptions;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.error.NearestName;
import io.nucleon.error.Severity;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the function that a name or path means. Confined to one command. */
final class TargetFinder {
    private final Terminal terminal;
    private final RunStates states;
    private final GlobalOptions options;
    private final boolean deployedFirst;
    private final SameName.Command command;
    private final Clock clock;

    /** @param verb of the command that looks for it, with what comes before a function's name */
    TargetFinder(Terminal terminal, UserFolders folders, GlobalOptions options, String verb, Clock clock) {
        this(terminal, folders, options, deployedFirst(options), SameName.Command.of(verb), clock);
    }

    /**
     * A finder.
     *
     * @param deployedFirst whether a name means a deployed function before one that {@code nucleon run} serves
     * @param command how it is written with another word
     */
    TargetFinder(
            Terminal terminal,
            UserFolders folders,
            GlobalOptions options,
            boolean deployedFirst,
            SameName.Command command,
            Clock clock) {
        this.terminal = terminal;
        this.options = options;
        this.states = new RunStates(folders);
        this.deployedFirst = deployedFirst;
        this.command = command;
        this.clock = clock;
    }

    /** Which of two functions of one name is meant: the deployed one if the platform that it is on is named. */
    static boolean deployedFirst(GlobalOptions options) {
        return options.platform() == GlobalOptions.Platform.LOCAL;
    }

    /** That another function of the same name runs too, and how it is reached; empty if none does. */
    static String other(List<RunState> named) {
        if (named.size() < 2) {
            return "";
        }
        return named.getFirst().deployed()
                ? "the deployed one; that of nucleon run: without --platform local"
                : "that of nucleon run; the deployed one: --platform local";
    }

    /**
     * The running function; a path that runs nowhere is started for this one command.
     *
     * @param flags of {@code run}, for one that is started
     * @param verbose whether what a started host says is shown
     */
    Target find(String word, List<String> flags, boolean verbose) {
        Optional<Target> running = running(word);
        return running.isPresent() ? running.get() : StartedHost.start(word, flags, verbose, terminal, clock);
    }

    /**
     * The function if it runs; empty for a path that could be started.
     *
     * @throws io.nucleon.error.NucleonException NUC-8002 for what is neither, NUC-8001 for a name of several that somebody runs
     */
    Optional<Target> running(String word) {
        Optional<RunState> running =
                isPath(word) ? states.bySource(terminal.folder().resolve(word)) : Optional.empty();
        if (running.isPresent()) {
            return running.map(state -> Target.running(state, ""));
        }
        List<RunState> named = word.indexOf('/') < 0 ? named(word) : List.of();
        if (named.isEmpty() && (!isPath(word) || !Files.exists(terminal.folder().resolve(word)))) {
            throw notRunning(word);
        }
        return named.stream().findFirst().map(state -> Target.running(state, other(named)));
    }

    /** Those of a name, the one that is meant first. */
    private List<RunState> named(String name) {
        List<RunState> named = states.named(name, deployedFirst);
        refuseSeveral(name, named, command);
        return named;
    }

    /**
     * Whoever gives a name of which somebody runs several has to choose; a deployed one is meant alone where it is meant first.
     *
     * @param named those of the name, the one that is meant first
     * @throws io.nucleon.error.NucleonException NUC-8001 if there are several
     */
    static void refuseSeveral(String name, List<RunState> named, SameName.Command command) {
        long runs = named.stream().filter(one -> !one.deployed()).count();
        if (runs < 2 || named.getFirst().deployed()) {
            return;
        }
        List<SameName.One> all = named.stream()
                .sorted(Comparator.comparing(RunState::deployed).reversed().thenComparing(RunState::source))
                .map(one ->
                        one.deployed() ? new SameName.One("deployed", name, true) : SameName.One.ofRun(one.source()))
                .toList();
        throw SameName.refused(name, "run here", all, command);
    }

    /** A path if it exists, is a folder's short name, or holds a slash; else a name. */
    private boolean isPath(String word) {
        return word.equals(".")
                || word.equals("..")
                || word.indexOf('/') >= 0
                || Files.exists(terminal.folder().resolve(word));
    }

    /**
     * The name of the only function that runs, for a command that names none.
     *
     * @param form how the command is written with a name
     * @throws io.nucleon.error.NucleonException NUC-8002 if none runs, NUC-8001 if there are several
     */
    String onlyName(String form) {
        List<String> names =
                states.alive().stream().map(RunState::name).distinct().toList();
        if (names.isEmpty()) {
            throw ErrorMessage.of(
                            ErrorCode.FUNCTION_NOT_RUNNING,
                            "no function runs here",
                            "nothing runs on this machine for you",
                            "start one: nucleon run PATH")
                    .toException();
        }
        if (names.size() > 1) {
            throw UsageError.error("a function has to be named", runningHere(names), form);
        }
        return names.getFirst();
    }

    /** Where events for that name or path go, which is said if two functions have the name. */
    Optional<RunState> sent(String name) {
        Optional<RunState> there = deployedFirst
                ? Optional.empty()
                : states.bySource(terminal.folder().resolve(name));
        if (there.isPresent() || name.indexOf('/') >= 0) {
            return there;
        }
        List<RunState> named = named(name);
        note(name, named);
        return named.stream().findFirst();
    }

    /** Says which of two functions of one name is meant. */
    private void note(String name, List<RunState> named) {
        if (named.size() > 1 && !options.quiet()) {
            String word = terminal.errLook(options.colour()).paint(Look.Role.ACCENT, Severity.NOTE.word());
            terminal.err().println(word + ": two functions '" + name + "' run; this is " + other(named));
            terminal.err().flush();
        }
    }

    private RuntimeException notRunning(String word) {
        List<String> names = states.alive().stream().map(RunState::name).toList();
        String why = "nothing runs on this machine for you, and there is no file or folder of that name";
        if (word.indexOf('/') >= 0) {
            why = noPath(terminal.folder());
        } else if (!names.isEmpty()) {
            why = runningHere(names);
        }
        return notRunning(word, names, why);
    }

    /** Why a path is none. */
    static String noPath(Path here) {
        return "there is no such file or folder, seen from " + here;
    }

    /** Why a name is none: what does run. */
    static String runningHere(List<String> names) {
        return "running here: " + NearestName.list(names);
    }

    /** @param names of what runs, of which one may have been meant */
    static RuntimeException notRunning(String word, List<String> names, String why) {
        String fix = NearestName.to(word, names)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("start it: nucleon run PATH");
        return ErrorMessage.of(ErrorCode.FUNCTION_NOT_RUNNING, "no function '" + word + "' runs here", why, fix)
                .toException();
    }

    static RuntimeException noAddress(String word) {
        return ErrorMessage.of(
                        ErrorCode.FUNCTION_NOT_RUNNING,
                        "no function '" + word + "' runs here",
                        "there is no address that curl could call",
                        "start it: nucleon run " + CurlLine.quoted(word))
                .toException();
    }
}
