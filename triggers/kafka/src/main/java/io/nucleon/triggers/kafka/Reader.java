package io.nucleon.triggers.kafka;

import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Deliverer;
import io.nucleon.trigger.Backlog;
import io.nucleon.trigger.TriggerSetting;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a consumer: one thread that makes it, reads with it and closes it, and makes another when it has failed for good.
 * Everything else only leaves marks that the thread finds.
 */
final class Reader {

    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);
    private static final long FIRST_PAUSE_SECONDS = 1;
    private static final long MOST_PAUSE_SECONDS = 60;
    private static final Duration CLOSE = Duration.ofSeconds(3);

    private final TriggerSetting trigger;
    private final KafkaSetting setting;
    private final Clients clients;
    private final Deliverer deliverer;
    private final Backlog backlog = new Backlog();
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile boolean draining;
    /** Whether the engine has given everything back. */
    private volatile boolean emptied;

    private KafkaSetting.Protocol protocol;
    private volatile Assignment assignment;
    private Thread thread;

    Reader(TriggerSetting trigger, KafkaSetting setting, Clients clients, Deliverer deliverer) {
        this.trigger = trigger;
        this.setting = setting;
        this.clients = clients;
        this.deliverer = deliverer;
        this.protocol = setting.protocol();
    }

    /** Returns when the broker has answered, or has not within some seconds. */
    void start() {
        thread = Threads.start("kafka-" + trigger.source().name(), this::run);
        try {
            started.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof NucleonException known ? known : e;
        }
    }

    private void run() {
        Clients.useOwnClasses();
        long pause = FIRST_PAUSE_SECONDS;
        try {
            while (closing.getCount() > 0) {
                try {
                    serve();
                    return;
                } catch (UnsupportedVersionException e) {
                    if (protocol == KafkaSetting.Protocol.CLASSIC) {
                        throw e;
                    }
                    LOG.info(
                            "trigger {}: the broker is older than 4.0, its members share the partitions themselves",
                            trigger.source().name());
                    protocol = KafkaSetting.Protocol.CLASSIC;
                    continue;
                } catch (AuthenticationException | AuthorizationException e) {
                    fail(clients.refused(e));
                } catch (NucleonException e) {
                    fail(e);
                } catch (InterruptException e) {
                    return; // the trigger ends; the client has kept the thread's mark
                } catch (KafkaException e) {
                    LOG.error("{}", clients.unreachable(reason(e)).line());
                    started.complete(null); // as a broker that does not answer: it is tried on
                }
                if (closing.await(pause, TimeUnit.SECONDS)) {
                    return;
                }
                pause = Math.min(MOST_PAUSE_SECONDS, 2 * pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the trigger ends
        } finally {
            started.complete(null);
            drained.complete(null);
        }
    }

    /** The innermost cause: the client wraps what happened to it. Of a login it is a text with a stack, whose first line tells. */
    private static String reason(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        String message = inner.getMessage() == null ? inner.toString() : inner.getMessage();
        return message.lines().findFirst().orElse("");
    }

    /** What ends a start is only an entry in the log later on. */
    private void fail(NucleonException why) {
        if (!started.completeExceptionally(why)) {
            LOG.error("{}", why.getMessage());
        } else {
            closing.countDown();
        }
    }

    private void serve() {
        Consumer<byte[], ByteBuffer> consumer = clients.consumer(protocol);
        try (consumer) {
            lookForTopics(consumer);
            Assignment mine = new Assignment(trigger, setting, consumer, deliverer, this, backlog);
            assignment = mine;
            if (setting.partitions().isEmpty()) {
                consumer.subscribe(setting.topics(), mine);
            } else {
                consumer.assign(setting.partitions().stream()
                        .map(number -> new TopicPartition(setting.topics().getFirst(), number))
                        .toList());
            }
            started.complete(null);
            while (closing.getCount() > 0) {
                step(mine);
            }
            mine.commitAll();
        } catch (WakeupException e) {
            // close() asked for an end while the broker was waited for
        } finally {
            assignment = null;
        }
    }

    private void step(Assignment mine) {
        mine.regulate(draining || deliverer.isCongested());
        mine.read();
        mine.commitSome();
        if (emptied && !drained.isDone()) {
            mine.commitAll();
            drained.complete(null);
        }
    }

    /** @throws NucleonException NUC-5011 if the broker has none of that name */
    private void lookForTopics(Consumer<byte[], ByteBuffer> consumer) {
        for (String topic : setting.topics()) {
            try {
                List<?> found = consumer.partitionsFor(topic, Duration.ofMillis(Clients.START_MILLIS));
                if (found == null || found.isEmpty()) {
                    throw clients.noTopic(topic);
                }
            } catch (TimeoutException e) {
                LOG.error("{}", clients.unreachable("no answer within 5 s").line());
                return;
            }
        }
    }

    /** Events of so many bytes have ended; any thread. */
    void ended(long bytes) {
        backlog.remove(bytes);
        Assignment current = assignment;
        if (current != null) {
            current.changed();
        }
    }

    /** A handler has acked by itself; any thread. */
    void acked(String topic, int partition, long offset) {
        Assignment current = assignment;
        if (current != null) {
            current.acked(topic, partition, offset);
        }
    }

    CompletionStage<Void> drain() {
        draining = true;
        deliverer.drain().thenRun(() -> emptied = true);
        return drained;
    }

    /** Commits, leaves the group and ends; waits for it a little. */
    void close() {
        closing.countDown();
        if (thread != null) {
            try {
                thread.join(CLOSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread.interrupt();
        }
    }
}
