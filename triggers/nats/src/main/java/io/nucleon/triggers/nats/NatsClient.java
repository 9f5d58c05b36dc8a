package io.nucleon.triggers.nats;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.trigger.TriggerSetting;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of a trigger. Started and closed once; what it is given to do runs on a virtual thread and may block.
 *
 * <p>A server that refuses is an error at once, one that does not answer is tried again with growing pauses for as long as the trigger
 * lives. Once connected, the library reconnects by itself, for ever.
 */
final class NatsClient {

    private static final Logger LOG = LoggerFactory.getLogger(NatsClient.class);
    private static final long FIRST_PAUSE_SECONDS = 2;
    private static final long MOST_PAUSE_SECONDS = 60;

    private final TriggerSetting trigger;
    private final ClientSetting setting;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Connection connection;
    private Thread thread;

    /** What is done with the connection; runs until it returns or is interrupted. */
    @FunctionalInterface
    interface Work {
        void run(Connection connection) throws IOException, InterruptedException;
    }

    NatsClient(TriggerSetting trigger, ClientSetting setting) {
        this.trigger = trigger;
        this.setting = setting;
    }

    /**
     * Connects, then works.
     *
     * @param prepare runs before this returns if the server answers, so that what is wrong there ends the start
     * @throws NucleonException NUC-5011 if the server refuses
     */
    void start(Work prepare, Work work) {
        boolean prepared = false;
        try {
            connection = Nats.connect(options());
            prepare.run(connection);
            prepared = true;
        } catch (AuthenticationException e) {
            throw refused(e);
        } catch (IOException e) {
            LOG.error("{}", unreachable(e).line());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        boolean ready = prepared;
        thread = Threads.start("nats-" + trigger.source().name(), () -> serve(ready ? null : prepare, work));
    }

    private void serve(Work prepare, Work work) {
        try {
            Work first = prepare;
            long pause = FIRST_PAUSE_SECONDS;
            while (closed.getCount() > 0) {
                try {
                    if (connection == null) {
                        connection = Nats.connect(options());
                    }
                    if (first != null) {
                        first.run(connection);
                        first = null;
                    }
                    work.run(connection);
                    return;
                } catch (IOException e) {
                    LOG.error("{}", unreachable(e).line());
                } catch (NucleonException e) {
                    LOG.error("{}", e.getMessage());
                }
                if (closed.await(pause, TimeUnit.SECONDS)) {
                    return;
                }
                pause = Math.min(MOST_PAUSE_SECONDS, 2 * pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the trigger ends
        }
    }

    private Options options() {
        Options.Builder options = new Options.Builder()
                .servers(setting.servers().toArray(String[]::new))
                .connectionName("nucleon-" + trigger.function().name() + "-"
                        + trigger.source().name())
                .connectionTimeout(setting.timeout())
                .reconnectWait(setting.reconnectWait())
                .reconnectJitter(setting.reconnectJitter())
                .pingInterval(setting.pingInterval())
                .maxPingsOut(setting.maxPingsOut())
                .maxReconnects(-1)
                // Acks are put there on event loops, which must not wait; how many there are is bounded by the open
                // messages.
                .maxMessagesInOutgoingQueue(0)
                .connectionListener(new Life())
                .errorListener(new Trouble());
        if (!setting.user().isEmpty()) {
            options.userInfo(setting.user().toCharArray(), setting.password().toCharArray());
        } else if (!setting.token().isEmpty()) {
            options.token(setting.token().toCharArray());
        }
        if (!setting.credentialsFile().isEmpty()) {
            options.authHandler(Nats.credentials(setting.credentialsFile()));
        }
        return options.build();
    }

    /** Ends it; blocks shortly. */
    void close() {
        closed.countDown();
        if (thread != null) {
            thread.interrupt();
        }
        Connection open = connection;
        if (open != null) {
            try {
                open.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private NucleonException refused(Exception cause) {
        return ErrorMessage.of(
                        ErrorCode.SOURCE_REFUSED,
                        "NATS server " + setting + " refused "
                                + (setting.user().isEmpty() ? "the connection" : "user '" + setting.user() + "'")
                                + " of trigger '" + trigger.source().name() + "'",
                        String.valueOf(cause.getMessage()),
                        "check username and password of the trigger, its secret (a token), or attributes.credentialsFile")
                .toException(cause);
    }

    private ErrorMessage unreachable(Exception cause) {
        return ErrorMessage.of(
                ErrorCode.SOURCE_UNREACHABLE,
                "NATS server " + setting + " unreachable for trigger '"
                        + trigger.source().name() + "'",
                cause.getMessage() + "; trying again after 2 s, 4 s, … 60 s",
                "check that it runs and that this machine reaches it");
    }

    /** Says when the connection comes and goes. */
    private final class Life implements ConnectionListener {
        @Override
        @SuppressWarnings("deprecation") // the only one that must be there; the newer one calls it
        public void connectionEvent(Connection which, Events event) {
            switch (event) {
                case DISCONNECTED -> {
                    if (closed.getCount() > 0) {
                        LOG.warn(
                                "trigger {} lost its NATS server; reconnecting",
                                trigger.source().name());
                    }
                }
                case RECONNECTED ->
                    LOG.info(
                            "trigger {} has its NATS server back",
                            trigger.source().name());
                default -> {
                    // the library's own business
                }
            }
        }
    }

    private final class Trouble implements ErrorListener {
        @Override
        public void errorOccurred(Connection which, String error) {
            LOG.warn("NATS server of trigger {}: {}", trigger.source().name(), error);
        }

        @Override
        public void slowConsumerDetected(Connection which, Consumer consumer) {
            LOG.error(
                    "trigger {} loses messages: its handlers are slower than the subject, and core NATS keeps nothing;"
                            + " use JetStream, or more workers",
                    trigger.source().name());
        }
    }
}
