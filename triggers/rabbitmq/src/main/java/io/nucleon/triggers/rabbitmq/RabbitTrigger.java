package io.nucleon.triggers.rabbitmq;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.SourceRules;
import io.nucleon.trigger.EventPublisher;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerSetting;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes a queue. Not more than the prefetch window is open at once; the rest stays with the broker. After a loss of the connection
 * everything is declared anew, and what had not started is left to the broker, which delivers it again.
 */
final class RabbitTrigger implements Trigger {

    private static final Logger LOG = LoggerFactory.getLogger(RabbitTrigger.class);
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long END_MILLIS = 3_000;

    private final TriggerSetting setting;
    private final RabbitSetting rabbit;
    private final Deliverer deliverer;
    private final Connector connector;
    private final RabbitPublisher publisher;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Session session;
    private Thread thread;

    RabbitTrigger(TriggerSetting setting, RabbitSetting rabbit, Deliverer deliverer) {
        this.setting = setting;
        this.rabbit = rabbit;
        this.deliverer = deliverer;
        this.connector = new Connector(setting, rabbit);
        this.publisher = new RabbitPublisher(setting, rabbit, connector);
    }

    @Override
    public void start() {
        Session first = null;
        try {
            first = open();
        } catch (IOException | AlreadyClosedException e) {
            if (isRefusal(e)) {
                throw refused(e);
            }
            LOG.error("{}", unreachable(e).line());
        }
        Session begun = first;
        thread = Threads.start("rabbitmq-" + setting.source().name(), () -> serve(begun));
    }

    private Session open() throws IOException {
        Connection connection = connector.connect("");
        Session opened = Session.open(setting, rabbit, deliverer, connection);
        session = opened;
        return opened;
    }

    private void serve(Session first) {
        Session current = first;
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (closed.getCount() > 0) {
                if (current != null) {
                    current.waitForLoss();
                    ended(current);
                    pause = FIRST_PAUSE_MILLIS;
                }
                if (closed.await(pause, TimeUnit.MILLISECONDS)) {
                    return;
                }
                current = again();
                pause = Math.min(rabbit.longestPause().toMillis(), 2 * pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the trigger ends
        }
    }

    private void ended(Session lost) {
        session = null;
        if (closed.getCount() > 0) {
            LOG.warn(
                    "trigger {} lost its RabbitMQ server; reconnecting",
                    setting.source().name());
            deliverer.recall(lane -> true);
        }
        lost.close();
    }

    /** Null if it can't be had now. */
    private Session again() {
        try {
            Session opened = open();
            LOG.info("trigger {} has its RabbitMQ server", setting.source().name());
            return opened;
        } catch (IOException | AlreadyClosedException e) {
            LOG.error(
                    "{}",
                    isRefusal(e) ? refused(e).getMessage() : unreachable(e).line());
            return null;
        }
    }

    /** Whether the broker has answered and does not want. */
    private static boolean isRefusal(Exception e) {
        return e instanceof AuthenticationFailureException
                || e instanceof PossibleAuthenticationFailureException
                || (e.getCause() instanceof ShutdownSignalException signal && !signal.isHardError());
    }

    private NucleonException refused(Exception e) {
        return ErrorMessage.of(
                        ErrorCode.SOURCE_REFUSED,
                        "RabbitMQ server " + rabbit + " refused "
                                + (connector.user().isEmpty() ? "" : "user '" + connector.user() + "' of ")
                                + "trigger '" + setting.source().name() + "'",
                        reason(e),
                        "check user, password and rights; with no attributes.topics the queue must exist")
                .toException(e);
    }

    private ErrorMessage unreachable(Exception e) {
        return ErrorMessage.of(
                ErrorCode.SOURCE_UNREACHABLE,
                "RabbitMQ server " + rabbit + " unreachable for trigger '"
                        + setting.source().name() + "'",
                reason(e) + "; trying again for ever",
                "check that it runs and that this machine reaches it");
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause() instanceof ShutdownSignalException signal ? signal : e;
        String text = cause.getMessage();
        return text == null ? cause.getClass().getSimpleName() : text.replaceAll(", class-id=.*", "");
    }

    @Override
    public CompletionStage<Void> drain() {
        Session current = session;
        if (current != null) {
            Threads.start("rabbitmq-drain", current::drain);
        }
        return deliverer.drain();
    }

    @Override
    public Optional<EventPublisher> publisher() {
        return Optional.of(publisher);
    }

    @Override
    public SourceRules rules() {
        SourceRules rules = rabbit.inOrder() ? SourceRules.ACKED.ordered() : SourceRules.ACKED;
        return rabbit.rejects() ? rules.rejecting(rabbit.requeue() ? "would requeue" : "would reject") : rules;
    }

    @Override
    public void stop() {
        closed.countDown();
        Session current = session;
        if (current != null) {
            current.close();
        }
        publisher.close();
        connector.close();
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
