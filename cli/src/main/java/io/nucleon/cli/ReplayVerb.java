package io.nucleon.cli;

import io.nucleon.command.Output;
import io.nucleon.command.ReplayOptions;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.WallClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code nucleon replay}: dead letters, recorded events of a journal or of a file go through their trigger's own code again, in the process
 * that runs the function. Confined to one command.
 */
final class ReplayVerb {

    /** What {@code --diff} ends with when answers are not what they were. */
    private static final int DIFFERENT = 99;

    private final Terminal terminal;
    private final ReplayOptions options;
    private final UserFolders folders;
    private final Look look;
    private final List<ReplayItem.Result> results = new ArrayList<>();

    ReplayVerb(Terminal terminal, UserFolders folders, ReplayOptions options) {
        this.terminal = terminal;
        this.options = options;
        this.folders = folders;
        this.look = terminal.outLook(options.global().colour());
    }

    int run() {
        Documents.refuse(options.global().output(), Output.NAME);
        if (options.speed() > 0 && options.dead()) {
            throw UsageError.badValue("--speed", "real", "dead letters go as fast as they can", "leave it out");
        }
        ReplaySource source = new ReplaySource(terminal, folders, options, new WallClock());
        List<ReplayItem> items = source.items();
        if (!options.dryRun() && !items.isEmpty() && !source.function().isRunning()) {
            throw source.function()
                    .notRunning(
                            items.size() + (items.size() == 1 ? " event waits" : " events wait") + " to be sent again",
                            null);
        }
        if (options.edit() && !items.isEmpty()) {
            items = new EventEditor(terminal, source.function().function(), options.diff()).edit(items);
        }
        if (!items.isEmpty() && !isAgreed(items.size(), source.function().function())) {
            terminal.err().println("nothing was sent");
            return 0;
        }
        send(items, source);
        return exit();
    }

    /** Sending to a deployed function again is agreed to by a person, or by a script that says so. */
    private boolean isAgreed(int events, String function) {
        if (options.to() == ReplayOptions.To.LOCAL || options.dryRun()) {
            return true;
        }
        String what = String.format(
                Locale.ROOT,
                "%,d %s to the deployed function '%s'",
                events,
                events == 1 ? "event" : "events",
                function);
        if (options.global().yes()) {
            if (!options.global().quiet()) {
                terminal.err().println("sending " + what);
            }
            return true;
        }
        if (options.global().noInput() || !Question.canBeAsked(terminal)) {
            throw UsageError.badValue(
                    "--to",
                    options.to().toString(),
                    "it would send " + what + ", and nobody is there to be asked",
                    "agree to it: --yes");
        }
        return Question.isYes(terminal, "send " + what);
    }

    private void send(List<ReplayItem> items, ReplaySource source) {
        Clock clock = new MonotonicClock();
        Instant begin = clock.instant();
        boolean shown = !options.global().quiet() && !options.global().output().isDocument() && !options.dryRun();
        Progress progress =
                new Progress(terminal, terminal.errLook(options.global().colour()), clock, shown);
        Pace pace = new Pace(0);
        Instant last = null;
        for (ReplayItem item : items) {
            if (!options.dryRun() && options.speed() > 0) {
                Instant time = item.time();
                if (last != null && time.isAfter(last)) {
                    pace.await(Duration.ofNanos(
                            (long) (Duration.between(last, time).toNanos() / options.speed())));
                }
                last = time;
            }
            ReplayItem.Result result = options.dryRun() ? item.notSent() : item.send(source.function(), options);
            results.add(result);
            if (!compares() && !options.global().output().isDocument()) {
                progress.clear();
                line(item, result);
            }
            show(progress, items.size());
        }
        String all = String.format(
                Locale.ROOT,
                "%,d/%,d  %.1f s",
                items.size(),
                items.size(),
                Duration.between(begin, clock.instant()).toMillis() / 1e3);
        if (compares() && shown) {
            progress.end("replay", all);
        } else {
            progress.clear();
        }
        end();
        if (compares() && !options.global().output().isDocument()) {
            differences(source);
        }
    }

    private boolean compares() {
        return options.diff() && !options.dryRun();
    }

    private void show(Progress progress, int all) {
        int done = results.size();
        double rate = done / Math.max(progress.seconds(), 1e-3);
        progress.show(
                "replay",
                (double) done / all,
                String.format(Locale.ROOT, "%,d/%,d  %,.0f/s  %,.0f s left", done, all, rate, (all - done) / rate)
                        + (compares() ? "  " + count(ReplayItem.State.DIFFERENT) + " different" : ""));
    }

    private static boolean isGood(ReplayItem.Result result) {
        return result.state() != ReplayItem.State.FAILED && result.state() != ReplayItem.State.DIFFERENT;
    }

    private int exit() {
        if (options.diff() && count(ReplayItem.State.DIFFERENT) > 0) {
            return DIFFERENT;
        }
        return count(ReplayItem.State.FAILED) == 0 ? 0 : ErrorCode.HANDLER_FAILED.exit();
    }

    private int count(ReplayItem.State state) {
        return (int) results.stream().filter(one -> one.state() == state).count();
    }

    private void line(ReplayItem item, ReplayItem.Result result) {
        Role role = isGood(result) ? Role.OK : Role.ERROR;
        terminal.out()
                .println(item.name() + "  " + item.shownSource() + "  "
                        + look.paint(role, String.join(", ", result.lines())));
        terminal.out().flush();
    }

    /** A line for each difference, columns below each other. */
    private void differences(ReplaySource source) {
        List<ReplayItem.Result> bad =
                results.stream().filter(result -> !isGood(result)).toList();
        int number = widest(bad.stream().map(result -> "#" + result.item().number()));
        int from = widest(bad.stream().map(result -> result.item().shownSource()));
        int path =
                widest(bad.stream().flatMap(result -> result.lines().stream()).map(AnswerDiff::path));
        for (ReplayItem.Result result : bad) {
            ReplayItem item = result.item();
            String head = "  " + padded("#" + item.number(), number) + "  " + padded(item.shownSource(), from) + "  ";
            String again = result.state() == ReplayItem.State.FAILED && !options.edit()
                    ? "      " + look.paint(Role.MUTED, source.again(item))
                    : "";
            for (String difference : result.lines()) {
                String below = AnswerDiff.path(difference);
                String shown =
                        below.isEmpty() ? difference : padded(below, path) + difference.substring(below.length());
                terminal.out().println(look.symbols(head + look.paint(Role.ERROR, shown) + again));
            }
        }
        terminal.out().flush();
    }

    private static int widest(Stream<String> texts) {
        return texts.mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private void end() {
        if (options.global().output().isDocument()) {
            JsonWriter json = Documents.begin("replay").name("items").array();
            results.forEach(result -> result.write(json));
            json.endArray();
            for (ReplayItem.State state : ReplayItem.State.values()) {
                json.name(state.word()).value(count(state));
            }
            Documents.print(
                    terminal, options.global().output(), json.endObject().toString());
        } else if (options.global().quiet()) {
            return;
        } else if (options.dryRun()) {
            terminal.err().println(results.size() + " would be sent");
        } else if (options.diff()) {
            terminal.out()
                    .println(look.symbols(String.format(
                            Locale.ROOT,
                            "same %,d · different %,d · failed %,d%s",
                            count(ReplayItem.State.SAME),
                            count(ReplayItem.State.DIFFERENT),
                            count(ReplayItem.State.FAILED),
                            count(ReplayItem.State.DONE) == 0
                                    ? ""
                                    : " · without a recorded answer " + count(ReplayItem.State.DONE))));
        } else {
            terminal.err()
                    .println(look.symbols(
                            "done " + count(ReplayItem.State.DONE) + " · failed " + count(ReplayItem.State.FAILED)));
        }
    }
}
