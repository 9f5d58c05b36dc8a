package io.nucleon.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words and flags of {@code events}. */
public final class EventsOptions extends VerbOptions {

    /** How an event gets to its function. */
    public enum Via {
        LOCAL,
        BROKER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            paramLabel = "WORD",
            arity = "1..*",
            description = "list [NAME|PATH], show KIND|NAME EVENT, send KIND [NAME], save NAME …, saved, dead list|…")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-b", "--body"},
            paramLabel = "BODY",
            description = "send, show, save: body; @FILE reads a file, - standard input")
    private String body;

    @Option(
            names = {"-c", "--content-type"},
            paramLabel = "TYPE",
            description = "send, show, save: type of the body")
    private String contentType;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "send, show, save: one header; repeatable")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "send, show, save: a member of the event: value.id=42, headers.Tenant=eu; repeatable")
    private List<String> set = new ArrayList<>();

    @Option(
            names = {"--topic", "--subject", "--stream", "--path"},
            paramLabel = "NAME",
            description = "send, show, save: topic, subject, stream or path (default: the trigger's first)")
    private String topic;

    @Option(
            names = "--routing-key",
            paramLabel = "KEY",
            description = "send, show, save: routing key behind the exchange")
    private String routingKey;

    @Option(
            names = {"--partition", "--shard"},
            paramLabel = "N",
            description = "send, show, save: partition or shard")
    private Integer partition;

    @Option(
            names = "--offset",
            paramLabel = "N",
            description = "send, show, save: place in the partition (default: the next)")
    private Long offset;

    @Option(names = "--key", paramLabel = "KEY", description = "send, show, save: key of the record")
    private String key;

    @Option(names = "--trigger", paramLabel = "NAME", description = "send: trigger, where there are several of a kind")
    private String trigger = "";

    @Option(
            names = "--queue",
            paramLabel = "NAME",
            description = "send: trigger of that queue, where there are several (rabbit-mq, nats)")
    private String queue = "";

    @Option(
            names = "--schedule",
            paramLabel = "SCHEDULE",
            description = "send: trigger of that schedule or interval, where there are several (cron)")
    private String schedule = "";

    @Option(names = "--count", paramLabel = "N", description = "send: so many events")
    private int count = 1;

    @Option(names = "--batch", paramLabel = "N", description = "send: so many at once")
    private int batch = 1;

    @Option(names = "--dry-run", description = "send: say where it would go, send nothing")
    private boolean dryRun;

    @Option(names = "--rate", paramLabel = "R", description = "send: at most so many batches a second")
    private Double rate;

    @Option(
            names = "--via",
            paramLabel = "WAY",
            description = "send: to the trigger's own code, or into its broker: ${COMPLETION-CANDIDATES}")
    private Via via = Via.LOCAL;

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "TIME",
            description = "send: how long to wait for the outcome")
    private Duration timeout = Duration.ofSeconds(60);

    @Option(names = "--since", paramLabel = "TIME", description = "list, save: not older than that (10m, 24h)")
    private Duration since;

    @Option(names = "--kind", paramLabel = "KIND", description = "list, save: of triggers of that kind")
    private String kind = "";

    @Option(names = "--failed", description = "list, save: only events that failed")
    private boolean failed;

    @Option(names = "--all", description = "save, dead discard: all of them")
    private boolean all;

    @Option(names = "--force", description = "save: replace what is there")
    private boolean force;

    @Option(names = "--journal", paramLabel = "FOLDER", description = "journal to read (default: the function's own)")
    private String journal = "";

    /** As given: what to do, the function, ids of events, files. */
    public List<String> words() {
        return List.copyOf(words);
    }

    /** The body as given. */
    public Optional<String> body() {
        return Optional.ofNullable(body);
    }

    /** The type of the body, if given. */
    public Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    /** {@code NAME: VALUE}. */
    public List<String> headers() {
        return List.copyOf(headers);
    }

    /** {@code PATH=VALUE}. */
    public List<String> set() {
        return List.copyOf(set);
    }

    /** Topic, subject, stream or path, if given. */
    public Optional<String> topic() {
        return Optional.ofNullable(topic);
    }

    /** What stands behind the exchange in a path of RabbitMQ, if given. */
    public Optional<String> routingKey() {
        return Optional.ofNullable(routingKey);
    }

    /** Partition or shard, if given. */
    public Optional<Integer> partition() {
        return Optional.ofNullable(partition);
    }

    /** Place in the partition, if given. */
    public Optional<Long> offset() {
        return Optional.ofNullable(offset);
    }

    /** Key of the record, if given. */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** The trigger's name; empty for the first of its kind. */
    public String trigger() {
        return trigger;
    }

    /** The queue whose trigger is meant; empty for any. */
    public String queue() {
        return queue;
    }

    /** The schedule or interval whose trigger is meant; empty for any. */
    public String schedule() {
        return schedule;
    }

    /** How many events. */
    public int count() {
        return count;
    }

    /** How many of them at once. */
    public int batch() {
        return batch;
    }

    /** Whether events are only looked at. */
    public boolean dryRun() {
        return dryRun;
    }

    /** Batches a second; empty for no limit. */
    public Optional<Double> rate() {
        return Optional.ofNullable(rate);
    }

    /** The way. */
    public Via via() {
        return via;
    }

    /** How long the outcome is waited for. */
    public Duration timeout() {
        return timeout;
    }

    /** The age of the oldest, if given. */
    public Optional<Duration> since() {
        return Optional.ofNullable(since);
    }

    /** The kind of trigger; empty for all. */
    public String kind() {
        return kind;
    }

    /** Whether only those that failed are meant. */
    public boolean failed() {
        return failed;
    }

    /** Whether all events are meant. */
    public boolean all() {
        return all;
    }

    /** Whether a file is replaced. */
    public boolean force() {
        return force;
    }

    /** The journal's folder; empty for the function's own. */
    public String journal() {
        return journal;
    }

    @Override
    void check() {
        UsageError.unless(count > 0, "--count", String.valueOf(count), "at least one event is needed");
        UsageError.unless(batch > 0, "--batch", String.valueOf(batch), "at least one event is needed");
        UsageError.unless(rate == null || rate > 0, "--rate", String.valueOf(rate), "it must be more than nothing");
        UsageError.unless(timeout.isPositive(), "--timeout", timeout.toString(), "it must be longer than nothing");
    }
}
