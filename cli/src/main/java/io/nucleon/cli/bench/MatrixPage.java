package io.nucleon.cli.bench;

import io.nucleon.error.Amounts;
import java.util.List;
import java.util.stream.Collectors;

/** A matrix as a page of Markdown. Stateless. */
public final class MatrixPage {
    private MatrixPage() {}

    /**
     * The page.
     *
     * @param cells at least one
     * @param command that made it
     * @param chart name of the picture's file, beside the page
     */
    public static String of(List<MatrixCell> cells, String command, String chart) {
        BenchResult first = cells.getFirst().result();
        StringBuilder page = new StringBuilder("# Bench\n\n");
        page.append("| | |\n| --- | --- |\n");
        row(page, "Date", first.time());
        row(page, "Machine", first.machine().text());
        row(page, "Software", first.software());
        row(page, "Load", first.course().text());
        row(page, "Command", "`" + command + "`");
        page.append("\n![CPU time for each event](").append(chart).append(")\n\n");
        page.append(
                        "Means of the runs; in brackets the lowest and the highest. CPU time is that of the whole process tree for each answer; ")
                .append(
                        first.course().isOpen()
                                ? "latencies count from the intended moment.\n"
                                : "a closed loop can't see queueing.\n");
        for (long size : sizes(cells)) {
            table(
                    page,
                    size,
                    cells.stream().filter(cell -> cell.bodyBytes() == size).toList());
        }
        suspicions(page, cells);
        return page.toString();
    }

    static List<Long> sizes(List<MatrixCell> cells) {
        return cells.stream().map(MatrixCell::bodyBytes).distinct().sorted().toList();
    }

    private static void table(StringBuilder page, long size, List<MatrixCell> cells) {
        page.append("\n## Body of ").append(Amounts.bytes(size)).append("\n\n");
        page.append(
                "| function | runtime | CPU µs/event | events/s | p50 ms | p99 ms | handler p50 ms | RSS | failed |\n");
        page.append("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for (MatrixCell cell : cells) {
            BenchResult result = cell.result();
            page.append("| ").append(cell.label()).append(result.suspect().isEmpty() ? "" : " ¹");
            page.append(" | ").append(result.subject().runtime());
            page.append(" | ").append(spread(result, "cpu", Numbers::micros));
            page.append(" | ")
                    .append(spread(result, "rate", rate -> Numbers.rate(rate).replace("/s", "")));
            page.append(" | ").append(spread(result, "p50", Numbers::ms));
            page.append(" | ").append(spread(result, "p99", Numbers::ms));
            page.append(" | ").append(spread(result, "handler.p50", Numbers::ms));
            page.append(" | ").append(Double.isNaN(result.mean("rss")) ? "?" : Numbers.mib(result.mean("rss")));
            page.append(" | ").append(result.failed()).append(" |\n");
        }
    }

    private static String spread(BenchResult result, String name, java.util.function.DoubleFunction<String> form) {
        Spread spread = Spread.of(result.each(name));
        if (spread.count() == 0) {
            return "?";
        }
        return spread.count() == 1
                ? form.apply(spread.mean())
                : form.apply(spread.mean()) + " (" + form.apply(spread.low()) + "–" + form.apply(spread.high()) + ")";
    }

    private static void suspicions(StringBuilder page, List<MatrixCell> cells) {
        String reasons = cells.stream()
                .filter(cell -> !cell.result().suspect().isEmpty())
                .map(cell -> "- " + cell.label() + ", " + Amounts.bytes(cell.bodyBytes()) + ": "
                        + String.join("; ", cell.result().suspect()) + "\n")
                .collect(Collectors.joining());
        if (!reasons.isEmpty()) {
            page.append("\n¹ Suspect: the generator or the machine may have been the limit.\n\n")
                    .append(reasons);
        }
    }

    private static void row(StringBuilder page, String name, String value) {
        page.append("| ")
                .append(name)
                .append(" | ")
                .append(value.replace("|", "\\|"))
                .append(" |\n");
    }
}
