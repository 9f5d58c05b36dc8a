package io.nucleon.cli;

import io.nucleon.builder.source.CodeTree;
import io.nucleon.cli.cases.CaseUpdate;
import io.nucleon.cli.cases.JunitReport;
import io.nucleon.cli.cases.Result;
import io.nucleon.cli.cases.TestCase;
import io.nucleon.cli.cases.TestFile;
import io.nucleon.command.CommandEnd;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.command.TestOptions;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.host.UserFolders;
import io.nucleon.watch.Ignored;
import io.nucleon.watch.SourceWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code nucleon test}: runs the cases beside a function in a host of its own. Confined to one command. */
final class TestVerb {
    private static final String FOLDER = "tests";

    private final Terminal terminal;
    private final TestOptions options;
    private final Clock clock = new MonotonicClock();

    TestVerb(Terminal terminal, TestOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    int run(UserFolders folders) {
        Documents.refuse(options.global().output(), Output.NAME);
        if (options.record().isPresent()) {
            return new TestRecording(terminal, folders, options, clock).run();
        }
        if (!options.watch()) {
            return once();
        }
        return again();
    }

    /** All cases now and after each save, until the thread is interrupted or the process ends. */
    private int again() {
        try (SourceWatch watch =
                new SourceWatch(Ignored.STANDARD, () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))) {
            watch.watch("tests", List.of(folder()));
            do {
                try {
                    once();
                } catch (NucleonException e) {
                    // A file is half written, or does not compile: the next save may mend it.
                    CommandEnd.fail(terminal, List.of(), e);
                }
                terminal.err().println("watching " + options.target() + "; Ctrl-C ends");
                terminal.err().flush();
            } while (!watch.await().isEmpty());
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    /** All cases once; the exit code. */
    private int once() {
        Map<Path, List<TestCase>> cases = cases();
        TestText text = new TestText(terminal, options, cases.values());
        List<Result> results = new ArrayList<>();
        for (Map.Entry<Path, List<TestCase>> function : cases.entrySet()) {
            if (stops(results)) {
                break;
            }
            results.addAll(run(function.getKey(), function.getValue(), text));
        }
        text.end(results);
        options.junit()
                .ifPresent(file ->
                        BenchFiles.write(terminal.folder().resolve(file), JunitReport.xml(name(folder()), results)));
        return results.stream().anyMatch(result -> result.state() == Result.State.FAILED) ? 1 : 0;
    }

    private boolean stops(List<Result> results) {
        return options.failFast() && results.stream().anyMatch(result -> result.state() == Result.State.FAILED);
    }

    /** The cases of one function, in a host that is started for them. */
    private List<Result> run(Path function, List<TestCase> cases, TestText text) {
        try {
            // So that what tests leave, as dead letters, is nobody's.
            Path state = Files.createTempDirectory("nucleon-test");
            try {
                return run(function, cases, text, state);
            } finally {
                CodeTree.remove(state);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Result> run(Path function, List<TestCase> cases, TestText text, Path state) {
        List<Result> results = new ArrayList<>();
        List<String> flags = List.of("--quiet", "--brokers", "off", "--workers", String.valueOf(options.workers()));
        Map<String, String> environment =
                Map.of("XDG_STATE_HOME", state.toString(), "XDG_RUNTIME_DIR", state.toString());
        UserFolders folders = UserFolders.of(environment);
        Target target = StartedHost.start(
                shown(function), flags, environment, options.global().verbosity() > 0, terminal, clock);
        try (TestCalls calls = new TestCalls(target, folders, options.timeout(), clock)) {
            for (TestCase one : cases) {
                Result result = calls.run(one);
                results.add(result);
                if (!options.update()) {
                    text.add(result);
                }
                if (stops(results)) {
                    break;
                }
            }
        } catch (IOException e) {
            throw TestCalls.broken(target, e);
        } finally {
            BenchVerb.close(target);
        }
        return options.update() ? updated(results, text) : results;
    }

    /** File by file, what came in the place of what was expected. */
    private List<Result> updated(List<Result> results, TestText text) {
        Map<String, List<Result>> files = new LinkedHashMap<>();
        results.forEach(
                result -> files.computeIfAbsent(result.testCase().position().file(), file -> new ArrayList<>())
                        .add(result));
        List<Result> all = new ArrayList<>();
        files.forEach((file, some) -> all.addAll(CaseUpdate.of(terminal.folder().resolve(file), some)));
        all.forEach(text::add);
        return all;
    }

    /** By the folder of the function; in the order of names. */
    private Map<Path, List<TestCase>> cases() {
        Map<Path, List<TestCase>> cases = new LinkedHashMap<>();
        for (Path function : functions()) {
            List<TestCase> chosen = new ArrayList<>();
            for (Path file : files(function.resolve(FOLDER))) {
                List<TestCase> all = TestFile.read(file, shown(file));
                all.forEach(TestEvents::check);
                all.stream().filter(this::isWanted).forEach(chosen::add);
            }
            if (!chosen.isEmpty()) {
                cases.put(function, chosen);
            }
        }
        if (cases.isEmpty()) {
            throw ErrorMessage.of(
                            ErrorCode.TESTS_MISSING,
                            options.filter().isEmpty()
                                    ? options.target() + " has no tests"
                                    : "no test of " + options.target() + " has '" + options.filter() + "' in its name",
                            "there is no such case in " + FOLDER + "/*.yaml",
                            "make one of a call: nucleon test " + CurlLine.quoted(options.target()) + " --record first")
                    .toException();
        }
        return cases;
    }

    /** The folder itself if it has tests, else those in it that have. */
    private List<Path> functions() {
        if (Files.isDirectory(folder().resolve(FOLDER))) {
            return List.of(folder());
        }
        try (Stream<Path> inside = Files.list(folder())) {
            return inside.filter(one -> Files.isDirectory(one.resolve(FOLDER)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.FILE_UNREADABLE,
                            options.target() + " can't be read",
                            Files.exists(folder()) ? "it is no folder" : "no such folder",
                            "name the folder of a function")
                    .toException(e);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches("(?s).*\\.ya?ml") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private boolean isWanted(TestCase one) {
        return one.name().contains(options.filter()) || one.file().contains(options.filter());
    }

    private Path folder() {
        return terminal.folder().resolve(options.target()).normalize();
    }

    private static String name(Path folder) {
        return folder.getFileName() == null ? "tests" : folder.getFileName().toString();
    }

    /** As the user would name it from where he is. */
    private String shown(Path file) {
        Path relative = terminal.folder().relativize(file);
        return relative.toString().isEmpty() ? "." : relative.toString();
    }
}
