package io.nucleon.cli;

import io.nucleon.cli.bench.BenchResult;
import io.nucleon.cli.bench.MatrixCell;
import io.nucleon.cli.bench.MatrixChart;
import io.nucleon.cli.bench.MatrixPage;
import io.nucleon.cli.bench.Numbers;
import io.nucleon.cli.bench.Subject;
import io.nucleon.command.BenchOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.Amounts;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.host.UserFolders;
import io.nucleon.spec.field.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code nucleon bench --matrix}: functions of a folder that do the same, each over each transport with each size of body. Confined to one
 * command.
 *
 * <p>Each run starts all of them anew, one after the other, and another one first, so that no function always has the machine as
 * its neighbour left it; figures of one run were taken side by side.
 */
final class BenchMatrix {
    private static final long LARGEST_BODY = 64L << 20;

    private final Terminal terminal;
    private final BenchOptions options;
    private final Clock clock;
    private final BenchRunner runner;
    private final Map<Cell, List<BenchRunner.Run>> runs = new LinkedHashMap<>();
    private final Map<Start, Subject> subjects = new LinkedHashMap<>();

    /** A function as it is started: {@code transport} is a flag's value, or empty for the function's own. */
    private record Start(String function, String transport) {}

    private record Cell(Start start, long bodyBytes) {}

    BenchMatrix(Terminal terminal, UserFolders folders, BenchOptions options, Clock clock) {
        this.terminal = terminal;
        this.options = options;
        this.clock = clock;
        this.runner = new BenchRunner(options, folders, clock);
    }

    int run() {
        List<Long> sizes = options.matrix().contains("sizes")
                ? options.sizes().stream().map(BenchMatrix::size).toList()
                : List.of((long) CallBody.of(options, terminal, false).length());
        List<Start> starts = starts();
        for (int round = 0; round < options.runs(); round++) {
            List<Start> order = new ArrayList<>(starts);
            Collections.rotate(order, -round);
            for (Start start : order) {
                measure(start, sizes, round);
            }
        }
        List<MatrixCell> cells = cells(starts, sizes);
        write(cells);
        show(cells);
        return cells.stream()
                        .allMatch(cell -> cell.result().failed() < cell.result().events())
                ? 0
                : 1;
    }

    /** One after the other, with a host of its own. */
    private void measure(Start start, List<Long> sizes, int round) {
        List<String> flags = new ArrayList<>(BenchVerb.hostFlags(options));
        if (!start.transport.isEmpty()) {
            flags.addAll(List.of("--transport", start.transport));
        }
        if (isTwin(start)) {
            return;
        }
        Target target = StartedHost.start(
                folder().resolve(start.function).toString(),
                flags,
                options.global().verbosity() > 0,
                terminal,
                clock);
        try {
            subjects.putIfAbsent(start, runner.subject(target));
            if (isTwin(start)) {
                return;
            }
            for (long size : sizes) {
                say(start, size, round);
                BenchProgress progress = new BenchProgress(
                        terminal,
                        terminal.errLook(options.global().colour()),
                        clock,
                        !options.global().quiet() && terminal.errIsTerminal(),
                        runner.expectedSeconds(1));
                runs.computeIfAbsent(new Cell(start, size), cell -> new ArrayList<>())
                        .addAll(runner.run(target, events(size), 1, progress));
            }
        } finally {
            BenchVerb.close(target);
        }
    }

    /** Whether another start has turned out to use the same: a function that runs in process has no transport to choose. */
    private boolean isTwin(Start start) {
        Subject own = subjects.get(start);
        return own != null
                && subjects.entrySet().stream()
                        .takeWhile(entry -> !entry.getKey().equals(start))
                        .anyMatch(entry -> entry.getKey().function.equals(start.function)
                                && entry.getValue().transport().equals(own.transport()));
    }

    private void say(Start start, long size, int round) {
        if (!options.global().quiet()) {
            String used = subjects.get(start).transport();
            String transport = used.isEmpty() || used.equals("none") ? "" : ", " + used;
            terminal.err()
                    .println("run " + (round + 1) + " of " + options.runs() + "  " + start.function + transport
                            + ", body " + Amounts.bytes(size));
            terminal.err().flush();
        }
    }

    private BenchEvents events(long size) {
        if (!options.matrix().contains("sizes")) {
            return BenchEvents.of(options, terminal);
        }
        byte[] body = new byte[(int) size];
        Arrays.fill(body, (byte) 'x');
        return BenchEvents.of(options, new CallBody(body, ""));
    }

    private List<MatrixCell> cells(List<Start> starts, List<Long> sizes) {
        List<MatrixCell> cells = new ArrayList<>();
        for (long size : sizes) {
            for (Start start : starts) {
                List<BenchRunner.Run> measured = runs.get(new Cell(start, size));
                if (measured != null) {
                    BenchResult result = runner.result(subjects.get(start), size, measured);
                    cells.add(new MatrixCell(start.function, size, result));
                }
            }
        }
        return cells;
    }

    private void write(List<MatrixCell> cells) {
        Path page = terminal.folder().resolve(options.report());
        String name = page.getFileName().toString();
        String chart = name.replaceFirst("\\.[^.]*$", "") + ".svg";
        BenchFiles.write(page.resolveSibling(chart), MatrixChart.svg(cells));
        BenchFiles.write(page, MatrixPage.of(cells, command(), chart));
        if (!options.global().quiet()) {
            terminal.err().println("saved   " + options.report() + ", " + chart + " beside it");
        }
    }

    private String command() {
        StringBuilder command = new StringBuilder("nucleon bench " + CurlLine.quoted(options.target()) + " --matrix "
                + String.join(",", options.matrix()));
        if (options.matrix().contains("sizes")) {
            command.append(" --sizes ").append(String.join(",", options.sizes()));
        }
        options.rate().ifPresent(rate -> command.append(" --rate ").append(rate));
        options.count().ifPresent(count -> command.append(" --count ").append(count));
        if (options.count().isEmpty()) {
            command.append(" --duration ").append(options.duration().toMillis()).append("ms");
        }
        command.append(" --warmup ").append(options.warmUp().toMillis()).append("ms");
        return command.append(" --concurrency ")
                .append(options.concurrency())
                .append(" --runs ")
                .append(options.runs())
                .toString();
    }

    private void show(List<MatrixCell> cells) {
        Output output = options.global().output();
        if (output.isDocument()) {
            JsonWriter json = Documents.begin("matrix").name("items").array();
            cells.forEach(cell -> json.object()
                    .name("function")
                    .value(cell.function())
                    .name("bodyBytes")
                    .value(cell.bodyBytes())
                    .name("bench")
                    .json(cell.result().toJson())
                    .endObject());
            Documents.print(terminal, output, json.endArray().endObject().toString());
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        if (!options.global().noHeader()) {
            rows.add(List.of("FUNCTION", "BODY", "CPU/EVENT", "RATE", "P50", "P99", "FAILED", ""));
        }
        for (MatrixCell cell : cells) {
            BenchResult result = cell.result();
            rows.add(List.of(
                    cell.label(),
                    Amounts.bytes(cell.bodyBytes()),
                    Numbers.micros(result.mean("cpu")) + " µs",
                    Numbers.rate(result.mean("rate")),
                    Numbers.ms(result.ms().get("total").p50()) + " ms",
                    Numbers.ms(result.ms().get("total").p99()) + " ms",
                    String.valueOf(result.failed()),
                    result.suspect().isEmpty() ? "" : "suspect"));
        }
        Look look = terminal.outLook(options.global().colour());
        Columns.print(
                terminal,
                rows.stream()
                        .map(row -> row.stream().map(look::symbols).toList())
                        .toList());
    }

    /** Folders with a function each, by name. */
    private List<Start> starts() {
        List<String> functions;
        try (Stream<Path> folders = Files.list(folder())) {
            functions = folders.filter(one -> Files.isRegularFile(one.resolve("function.yaml")))
                    .map(one -> one.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            functions = List.of();
        }
        if (functions.isEmpty()) {
            throw ErrorMessage.of(
                            ErrorCode.NOTHING_TO_COMPARE,
                            options.target() + " holds no functions",
                            "a matrix compares the functions in the folders of one folder, each with a function.yaml",
                            "bench one function: nucleon bench " + CurlLine.quoted(options.target()))
                    .toException();
        }
        List<String> transports = options.matrix().contains("transports") ? List.of("shm", "unix") : List.of("");
        return functions.stream()
                .flatMap(function -> transports.stream().map(transport -> new Start(function, transport)))
                .toList();
    }

    private Path folder() {
        return terminal.folder().resolve(options.target());
    }

    private static long size(String text) {
        long bytes = ByteSize.parse(text).orElse(-1L);
        if (bytes < 0 || bytes > LARGEST_BODY) {
            throw UsageError.badValue("--sizes", text, "sizes are written like 0, 512, 64KiB, 1MiB", "");
        }
        return bytes;
    }
}
