package io.nucleon.cli.bench;

import io.nucleon.load.Latencies;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Histograms as a log in HdrHistogram's own format (1.3), which its tools read: a line for each run and part, the part as tag. Stateless. */
public final class HdrFile {
    private static final double NANOS_PER_MILLI = 1e6;

    private HdrFile() {}

    /** One run: seconds since the bench began, and what was recorded. */
    public record Interval(double startSeconds, double endSeconds, Latencies latencies) {}

    /** Writes or replaces the file. Values are in ns; the column of the maximum is in ms. */
    public static void write(Path file, String comment, List<Interval> runs) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            HistogramLogWriter writer = new HistogramLogWriter(out);
            comment.lines().forEach(line -> writer.outputComment("[" + line + "]"));
            writer.outputLogFormatVersion();
            writer.outputLegend();
            for (Interval run : runs) {
                part(writer, run, "total", run.latencies().total());
                if (run.latencies().hasParts()) {
                    part(writer, run, "queue", run.latencies().queue());
                    part(writer, run, "handler", run.latencies().handler());
                    part(writer, run, "transport", run.latencies().transport());
                }
            }
            writer.close();
        }
    }

    private static void part(HistogramLogWriter writer, Interval run, String name, Histogram histogram) {
        histogram.setTag(name);
        writer.outputIntervalHistogram(run.startSeconds(), run.endSeconds(), histogram, NANOS_PER_MILLI);
    }
}
