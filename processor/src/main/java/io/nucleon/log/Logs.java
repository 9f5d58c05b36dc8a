package io.nucleon.log;

import io.nucleon.invoke.Clock;
import io.nucleon.runtime.FunctionLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The logs of one process: its outputs and what goes to them. Safe for many threads.
 *
 * <p>{@link #start} makes every SLF4J logger of the process write here; before, they write what is at least a warning to standard error
 * at once. Whoever ends the process calls {@link #flush} last; {@link #start} also sees to it when the process ends without.
 */
public final class Logs implements LogTarget {

    private static final String DROPPED_BY = "processor.log";
    /** How long the end of the process waits for an output that nobody reads. */
    private static final Duration AT_EXIT = Duration.ofSeconds(2);

    private final LogConfig config;
    private final Clock clock;
    private final RepeatLimiter limiter = new RepeatLimiter();
    private final LogWriter out;
    private final LogWriter err;

    Logs(LogConfig config, OutputStream out, OutputStream err, Clock clock) {
        this.config = config;
        this.clock = clock;
        LineEncoder ours = config.system().isEmpty()
                ? LogConfig.console(Level.INFO, LogConfig.Output.STDERR)
                        .system()
                        .getFirst()
                        .encoder()
                : config.system().getFirst().encoder();
        this.out = writer("stdout", out, ours);
        this.err = writer("stderr", err, ours);
    }

    /** Takes over the process's standard output and error and all its loggers. Starts no thread before the first record. */
    public static Logs start(LogConfig config) {
        Logs logs = new Logs(
                config,
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Clock.system());
        logs.takeLoggers();
        Runtime.getRuntime().addShutdownHook(Threads.atExit(() -> logs.flush(AT_EXIT)));
        return logs;
    }

    /** Standard output, for lines that are no records: access lines, what handlers print. */
    public LineSink out() {
        return out;
    }

    /** Standard error, for the same. */
    public LineSink err() {
        return err;
    }

    /** Where a function's records and prints go: its records to the sinks of functions, its prints to standard output and error. */
    public FunctionLog function(String function) {
        return function(function, config, out, err);
    }

    /**
     * The same with sinks of its own.
     *
     * @param own of which only the sinks of functions count
     * @param prints takes what the handler prints to standard output
     * @param errorPrints takes what it prints to standard error
     */
    public FunctionLog function(String function, LogConfig own, LineSink prints, LineSink errorPrints) {
        return new FunctionRecords(function, own.functions(), this, prints, errorPrints);
    }

    /** Records and lines that were dropped so far, since an output was too slow. */
    public long dropped() {
        return out.dropped() + err.dropped();
    }

    /** Waits until what was logged before is written; false if an output took longer. */
    public boolean flush(Duration timeout) {
        for (LogEvent repeated : limiter.all(clock.nanoTime())) {
            write(repeated, config.system());
        }
        long until = clock.nanoTime() + timeout.toNanos();
        boolean done = out.flush(timeout.toNanos());
        return err.flush(Math.max(0, until - clock.nanoTime())) && done;
    }

    @Override
    public void log(LogEvent event) {
        if (event.level().toInt() < Level.WARN.toInt() || limiter.admits(event, clock.nanoTime())) {
            write(event, config.system());
        }
    }

    @Override
    public Level lowest() {
        return lowest(config.system());
    }

    /** Lets SLF4J's loggers write here, if the provider in use is ours. */
    void takeLoggers() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof NucleonLoggerFactory ours) {
            ours.retarget(this);
        }
    }

    Clock clock() {
        return clock;
    }

    void write(LogEvent event, List<LogConfig.Sink> sinks) {
        for (LogConfig.Sink sink : sinks) {
            if (event.level().toInt() >= sink.from().toInt()) {
                LogWriter writer = sink.output() == LogConfig.Output.STDOUT ? out : err;
                writer.record(event, sink.encoder());
            }
        }
    }

    static Level lowest(List<LogConfig.Sink> sinks) {
        Level lowest = null;
        for (LogConfig.Sink sink : sinks) {
            if (lowest == null || sink.from().toInt() < lowest.toInt()) {
                lowest = sink.from();
            }
        }
        return lowest == null ? Level.ERROR : lowest;
    }

    private LogWriter writer(String name, OutputStream output, LineEncoder ours) {
        return new LogWriter(name, output, this::sweep, count -> {
            StringBuilder line = new StringBuilder();
            LogEvent event = LogEvent.of(
                    clock.wallNanos(),
                    Level.WARN,
                    DROPPED_BY,
                    "lines were dropped, since " + name + " is slower than what is written to it",
                    new LogField("dropped", count));
            ours.encode(event, line);
            return line.toString();
        });
    }

    /** Writes what repeated in the last minute. On a writer's thread. */
    private boolean sweep() {
        for (LogEvent repeated : limiter.due(clock.nanoTime())) {
            write(repeated, config.system());
        }
        return limiter.isWatching();
    }
}
