package io.nucleon.cli;

import io.nucleon.cli.bench.BenchResult;
import io.nucleon.cli.bench.Comparison;
import io.nucleon.cli.bench.Gate;
import io.nucleon.cli.bench.HdrFile;
import io.nucleon.cli.bench.Subject;
import io.nucleon.command.BenchOptions;
import io.nucleon.command.Output;
import io.nucleon.command.RunOptions.Transport;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.host.UserFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code nucleon bench}: loads one function and explains the latency. Confined to one command. */
final class BenchVerb {
    private static final int INTERRUPTED = 130;

    private final Terminal terminal;
    private final UserFolders folders;
    private final BenchOptions options;
    private final Clock clock = new MonotonicClock();
    private final Look look;

    BenchVerb(Terminal terminal, UserFolders folders, BenchOptions options) {
        this.terminal = terminal;
        this.folders = folders;
        this.options = options;
        this.look = terminal.outLook(options.global().colour());
    }

    int run() {
        Output output = options.global().output();
        Documents.refuse(output, Output.NAME);
        if (!options.matrix().isEmpty()) {
            return new BenchMatrix(terminal, folders, options, clock).run();
        }
        List<Gate> gates = options.failIf().stream().map(this::gate).toList();
        Optional<BenchResult> base = options.compare().map(name -> BenchFiles.read(terminal, name));
        BenchEvents events = BenchEvents.of(options, terminal);
        Target target = find();
        BenchRunner runner = new BenchRunner(options, folders, clock);
        BenchEnd end = BenchEnd.of(terminal, runner);
        try {
            Subject subject = runner.subject(target);
            if (!output.isDocument()) {
                terminal.out().println(look.symbols(BenchText.heading(subject, runner.course(events.bodyBytes()))));
                terminal.out().flush();
            }
            BenchProgress progress = new BenchProgress(
                    terminal,
                    terminal.errLook(options.global().colour()),
                    clock,
                    !options.global().quiet(),
                    runner.expectedSeconds(options.runs()));
            List<BenchRunner.Run> runs = runner.run(target, events, options.runs(), progress);
            if (runs.isEmpty()) {
                return INTERRUPTED;
            }
            BenchResult result = runner.result(subject, events.bodyBytes(), runs);
            if (runner.isStopped()) {
                // A part of a bench is shown, but nothing is made of it.
                terminal.out()
                        .print(BenchText.of(result, BenchRunner.together(runs).total(), look));
                terminal.out().flush();
                return INTERRUPTED;
            }
            return show(result, runs, base, gates);
        } finally {
            end.close();
            close(target);
        }
    }

    private Target find() {
        String word = options.target();
        if (!options.isCall()) {
            // Refused before anything is started.
            SampleEvent.named(options.kind());
        }
        if (word.startsWith("http://") && options.isCall()) {
            return Target.at(address(word));
        }
        return new TargetFinder(terminal, folders, options.global(), "bench", clock)
                .find(word, hostFlags(options), options.global().verbosity() > 0);
    }

    /** Quiet, since a line for each event would be measured too. */
    static List<String> hostFlags(BenchOptions options) {
        List<String> flags = new ArrayList<>(List.of("--quiet"));
        if (!options.isCall()) {
            flags.addAll(List.of("--brokers", "off"));
        }
        options.workers().ifPresent(workers -> flags.addAll(List.of("--workers", String.valueOf(workers))));
        if (options.transport() != Transport.AUTO) {
            flags.addAll(List.of("--transport", options.transport().toString()));
        }
        return flags;
    }

    private static URI address(String word) {
        try {
            URI url = URI.create(word);
            if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawQuery() != null) {
                throw new IllegalArgumentException("it needs a host, and its query is given by --path");
            }
            int port = url.getPort() < 0 ? 80 : url.getPort();
            String path = url.getRawPath() == null ? "" : url.getRawPath().replaceFirst("/$", "");
            return URI.create("http://" + url.getHost() + ":" + port + path);
        } catch (IllegalArgumentException e) {
            throw UsageError.badValue("NAME|PATH", word, String.valueOf(e.getMessage()), "");
        }
    }

    private Gate gate(String text) {
        Gate gate = Gate.of(text).orElseThrow(() -> UsageError.badValue("--fail-if", text, "", Gate.FORM));
        if (gate.isRelative() && options.compare().isEmpty()) {
            throw UsageError.badValue(
                    "--fail-if", text, "there is nothing that it is relative to", "add --compare NAME");
        }
        return gate;
    }

    private int show(BenchResult result, List<BenchRunner.Run> runs, Optional<BenchResult> base, List<Gate> gates) {
        Output output = options.global().output();
        if (output.isDocument()) {
            Documents.print(terminal, output, result.toJson());
        } else {
            terminal.out().print(BenchText.of(result, BenchRunner.together(runs).total(), look));
        }
        keep(result, runs);
        Optional<Comparison> comparison = base.map(earlier -> compare(earlier, result));
        if (!output.isDocument()) {
            comparison.ifPresent(both -> terminal.out()
                    .println(look.symbols(both.text(options.compare().orElseThrow()))));
        }
        terminal.out().flush();
        check(result, comparison, gates);
        return result.failed() >= result.events() ? 1 : 0;
    }

    private void keep(BenchResult result, List<BenchRunner.Run> runs) {
        options.save().ifPresent(name -> {
            BenchFiles.write(BenchFiles.file(terminal, name), result.toJson() + "\n");
            if (!options.global().quiet()) {
                terminal.err().println("saved   .nucleon/bench/" + name + ".json");
            }
        });
        options.hdr().ifPresent(name -> {
            Path file = terminal.folder().resolve(name);
            try {
                HdrFile.write(file, result.software() + "\n" + result.machine().text(), BenchRunner.intervals(runs));
            } catch (IOException e) {
                throw BenchFiles.unwritable(file, e);
            }
        });
    }

    private Comparison compare(BenchResult base, BenchResult result) {
        Comparison comparison = new Comparison(base, result);
        List<String> obstacles = comparison.obstacles();
        if (!obstacles.isEmpty() && !options.force()) {
            throw ErrorMessage.of(
                            ErrorCode.BENCH_UNCOMPARABLE,
                            "this bench can't be compared with '"
                                    + options.compare().orElseThrow() + "'",
                            String.join("\n", obstacles),
                            "keep a new one here: --save NAME, or compare all the same: --force")
                    .toException();
        }
        return comparison;
    }

    private static void check(BenchResult result, Optional<Comparison> comparison, List<Gate> gates) {
        List<String> broken = gates.stream()
                .map(gate -> gate.broken(result, comparison))
                .flatMap(Optional::stream)
                .toList();
        if (!broken.isEmpty()) {
            throw ErrorMessage.of(
                            ErrorCode.CHECK_FAILED,
                            broken.size() == 1
                                    ? "the bench does not pass " + broken.getFirst()
                                    : "the bench does not pass " + broken.size() + " conditions",
                            broken.size() == 1 ? "" : String.join("\n", broken),
                            "")
                    .toException();
        }
    }

    static void close(Target target) {
        try {
            target.open().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
