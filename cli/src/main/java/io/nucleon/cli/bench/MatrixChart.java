package io.nucleon.cli.bench;

import io.nucleon.error.Amounts;
import java.util.List;
import java.util.Locale;

/** A matrix as a picture: a bar for each cell, CPU time of each event, with a whisker from the lowest run to the highest. Stateless. */
public final class MatrixChart {
    private static final int WIDTH = 760;
    private static final int LABELS = 190;
    private static final int NUMBERS = 130;
    private static final int ROW = 24;
    private static final int BAR = 14;
    private static final int HEADING = 40;
    private static final String FONT = "system-ui, 'Segoe UI', Roboto, sans-serif";
    private static final String TEXT = "#1A1F29";
    private static final String MUTED = "#545D6C";
    private static final String HANDLER = "#0B5FCC";

    private MatrixChart() {}

    /** The whole file: SVG that needs nothing else. */
    public static String svg(List<MatrixCell> cells) {
        List<Long> sizes = MatrixPage.sizes(cells);
        int height = HEADING * sizes.size() + ROW * cells.size() + 16;
        StringBuilder svg = new StringBuilder();
        line(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" font-family=\"%s\" font-size=\"13\">",
                WIDTH,
                height,
                WIDTH,
                height,
                FONT);
        line(svg, "<title>CPU time for each event, µs</title>");
        line(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#FFFFFF\"/>", WIDTH, height);
        int top = 0;
        for (long size : sizes) {
            List<MatrixCell> rows =
                    cells.stream().filter(cell -> cell.bodyBytes() == size).toList();
            panel(svg, top, size, rows);
            top += HEADING + ROW * rows.size();
        }
        return svg.append("</svg>\n").toString();
    }

    private static void panel(StringBuilder svg, int top, long size, List<MatrixCell> rows) {
        line(
                svg,
                "<text x=\"8\" y=\"%d\" font-weight=\"600\" fill=\"%s\">CPU µs for each event, body of %s</text>",
                top + 26,
                TEXT,
                Amounts.bytes(size));
        double most = rows.stream()
                .mapToDouble(cell -> Spread.of(cell.result().each("cpu")).high())
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        int y = top + HEADING;
        for (MatrixCell cell : rows) {
            bar(svg, y, cell, most);
            y += ROW;
        }
    }

    private static void bar(StringBuilder svg, int y, MatrixCell cell, double most) {
        Spread cpu = Spread.of(cell.result().each("cpu"));
        line(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"%s\">%s</text>",
                LABELS - 8,
                y + 13,
                TEXT,
                escaped(cell.label()));
        if (cpu.count() == 0) {
            line(svg, "<text x=\"%d\" y=\"%d\" fill=\"%s\">not known</text>", LABELS, y + 13, MUTED);
            return;
        }
        double middle = y + 2 + BAR / 2.0;
        line(
                svg,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                LABELS,
                y + 2,
                width(cpu.mean(), most),
                BAR,
                HANDLER);
        line(
                svg,
                "<path d=\"M%.1f %.1fH%.1f\" stroke=\"%s\" stroke-width=\"2\"/>",
                LABELS + width(cpu.low(), most),
                middle,
                LABELS + width(cpu.high(), most),
                TEXT);
        line(
                svg,
                "<text x=\"%.1f\" y=\"%d\" fill=\"%s\">%s%s</text>",
                LABELS + width(cpu.high(), most) + 8,
                y + 13,
                MUTED,
                Numbers.micros(cpu.mean()),
                cell.result().suspect().isEmpty() ? "" : " (suspect)");
    }

    private static double width(double value, double most) {
        return Math.max(1, value / most * (WIDTH - LABELS - NUMBERS));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is of a library that only the compiler has
    private static void line(StringBuilder svg, String form, Object... values) {
        svg.append(String.format(Locale.ROOT, form, values)).append('\n');
    }
}
