package io.nucleon.triggers.aws;

import io.nucleon.invoke.Deliverer;
import io.nucleon.spec.field.Choice;
import io.nucleon.spec.field.Fields;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerSetting;
import io.nucleon.triggers.shards.FileLeases;
import io.nucleon.triggers.shards.LeaseStore;
import io.nucleon.triggers.shards.Position;
import io.nucleon.triggers.shards.ShardSetting;
import io.nucleon.triggers.shards.ShardSource;
import io.nucleon.triggers.shards.ShardTrigger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * The attributes that triggers on streams of AWS have in common.
 *
 * @param leaseTable of DynamoDB; empty: leases are files of this machine
 */
public record StreamSetting(
        Position initial, Duration polling, int window, Duration lease, String leaseTable, String leaseTableUrl) {

    /** A page of records is a thousand or ten thousand; what waits here is done again after a kill. */
    private static final int WINDOW = 500;

    private static final int MOST_WINDOW = 10_000;
    private static final Duration POLLING = Duration.ofMillis(500);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration LEAST_LEASE = Duration.ofMillis(300);
    /** Five looks a second are what a shard gives, to all of its readers. */
    private static final Duration PACE = Duration.ofMillis(200);

    private static final Duration COMMIT_FILE = Duration.ofMillis(250);
    private static final Duration COMMIT_TABLE = Duration.ofSeconds(1);

    /** Where a group begins. */
    enum Iterator implements Choice {
        LATEST("LATEST"),
        TRIM_HORIZON("TRIM_HORIZON");

        private final String word;

        Iterator(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    public static StreamSetting read(Fields fields) {
        Duration lease = fields.duration("leaseDuration", LEASE);
        return new StreamSetting(
                fields.choice("iteratorType", Iterator.LATEST) == Iterator.LATEST ? Position.LATEST : Position.START,
                fields.duration("pollingPeriod", POLLING),
                fields.integer("maxInFlight", WINDOW, 1, MOST_WINDOW),
                lease.compareTo(LEAST_LEASE) < 0 ? LEAST_LEASE : lease,
                fields.text("leaseTable", "").strip(),
                AwsSetting.url(fields, "leaseTableUrl", fields.text("leaseTableUrl", "")));
    }

    /**
     * Makes a trigger.
     *
     * @param stream its name, as it stands in leases
     */
    public Trigger trigger(
            TriggerSetting setting, AwsSetting aws, String stream, ShardSource source, Deliverer deliverer) {
        String me = UUID.randomUUID().toString().replace("-", "");
        boolean files = leaseTable.isEmpty();
        LeaseStore leases = files
                ? new FileLeases(setting.state().resolve("s-" + URLEncoder.encode(stream, StandardCharsets.UTF_8)), me)
                : table(setting, aws, stream);
        ShardSetting shards = new ShardSetting(
                initial,
                window,
                0,
                polling.toNanos(),
                PACE.toNanos(),
                lease.toNanos(),
                (files ? COMMIT_FILE : COMMIT_TABLE).toNanos(),
                false);
        return new ShardTrigger(setting, shards, source, leases, me, deliverer);
    }

    private LeaseStore table(TriggerSetting setting, AwsSetting aws, String stream) {
        String name = setting.source().name();
        return new LeaseTable(
                aws.client(Service.DYNAMODB, leaseTableUrl, new AwsClient.Subject(name, "table '" + leaseTable + "'")),
                leaseTable,
                setting.function().namespace() + "/" + setting.function().name() + "/" + name + "/" + stream);
    }
}
