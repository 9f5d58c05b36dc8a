package io.nucleon.triggers.mqtt;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Deliverer;
import io.nucleon.trigger.EventPublisher;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerSetting;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subscribes to topics. After a loss of the connection it connects anew, with growing pauses for as long as it lives; what had not started
 * is left to the broker, which sends it again.
 */
final class MqttTrigger implements Trigger {

    private static final Logger LOG = LoggerFactory.getLogger(MqttTrigger.class);
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long MOST_PAUSE_MILLIS = 60_000;
    /** Part of a pause that is random, so that many processors don't come back at once. */
    private static final double JITTER = 0.2;
    /** A connection that lived for so long says nothing against the next one. */
    private static final long HEALTHY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long END_MILLIS = 3_000;

    private final TriggerSetting setting;
    private final MqttSetting mqtt;
    private final Deliverer deliverer;
    private final Connector connector;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Session session;
    private volatile boolean draining;
    private boolean subscribed;
    private long pause = FIRST_PAUSE_MILLIS;
    private Thread thread;

    MqttTrigger(TriggerSetting setting, MqttSetting mqtt, Deliverer deliverer) {
        this.setting = setting;
        this.mqtt = mqtt;
        this.deliverer = deliverer;
        this.connector =
                new Connector(mqtt, setting.loops().loop(setting.source().index()));
    }

    @Override
    public void start() {
        Session first = null;
        try {
            first = open();
        } catch (IOException e) {
            LOG.error("{}", unreachable(e).line());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        Session begun = first;
        thread = Threads.start("mqtt-" + setting.source().name(), () -> serve(begun));
    }

    private Session open() throws IOException, InterruptedException {
        Session opened = Session.open(setting, mqtt, deliverer, connector, !subscribed);
        subscribed = true;
        session = opened;
        return opened;
    }

    private void serve(Session first) {
        Session current = first;
        try {
            while (closed.getCount() > 0) {
                if (current != null) {
                    long begin = setting.clock().nanoTime();
                    String why = current.waitForLoss();
                    ended(why);
                    if (setting.clock().nanoTime() - begin > HEALTHY_NANOS) {
                        pause = FIRST_PAUSE_MILLIS;
                    }
                }
                if (draining || closed.await(nextPause(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                current = again();
            }
            if (current != null) {
                current.close(); // opened while the trigger was stopped
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the trigger ends
        }
    }

    private long nextPause() {
        double part = 1 - JITTER * ThreadLocalRandom.current().nextDouble();
        long now = (long) (pause * part);
        pause = Math.min(MOST_PAUSE_MILLIS, 2 * pause);
        return now;
    }

    private void ended(String why) {
        session = null;
        if (closed.getCount() > 0) {
            LOG.warn(
                    "trigger {} lost its MQTT broker: {}; reconnecting",
                    setting.source().name(),
                    why);
            deliverer.recall(lane -> (lane & Intake.COMES_AGAIN) != 0);
        }
    }

    /** Null if it can't be had now. */
    private Session again() throws InterruptedException {
        try {
            Session opened = open();
            LOG.info("trigger {} has its MQTT broker", setting.source().name());
            return opened;
        } catch (IOException e) {
            LOG.error("{}", unreachable(e).line());
        } catch (NucleonException e) {
            LOG.error("{}", e.getMessage());
        }
        return null;
    }

    private ErrorMessage unreachable(IOException e) {
        return ErrorMessage.of(
                ErrorCode.SOURCE_UNREACHABLE,
                "MQTT broker " + mqtt + " unreachable for trigger '"
                        + setting.source().name() + "'",
                e.getMessage() + "; trying again after 0.5 s, 1 s, … 60 s",
                "check that it runs and that this machine reaches it");
    }

    @Override
    public CompletionStage<Void> drain() {
        draining = true;
        Session current = session;
        if (current == null) {
            return deliverer.drain();
        }
        CompletionStage<Void> left = mqtt.leavesGroup() ? current.leave() : CompletableFuture.completedFuture(null);
        return left.thenCompose(done -> {
            current.refuse();
            return deliverer.drain();
        });
    }

    @Override
    public Optional<EventPublisher> publisher() {
        return Optional.of((topic, event, headers) -> {
            Session current = session;
            return current == null
                    ? CompletableFuture.failedFuture(new IOException("there is no connection to the broker"))
                    : current.publish(topic, event, headers);
        });
    }

    @Override
    public void stop() {
        closed.countDown();
        Session current = session;
        if (current != null) {
            current.close();
        } else if (thread != null) {
            thread.interrupt(); // it waits for a broker
        }
        if (thread != null) {
            try {
                thread.join(END_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread.interrupt();
        }
    }

    @Override
    public String address() {
        return "";
    }
}
