package io.nucleon.triggers.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.nucleon.trigger.TriggerSetting;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Opens connections to the trigger's broker. Safe for many threads. */
final class Connector {

    private static final int TIMEOUT_MILLIS = 5_000;
    /** Two missed ones mean that the broker is gone. */
    private static final int HEARTBEAT_SECONDS = 10;

    private final TriggerSetting trigger;
    private final RabbitSetting setting;
    private final ExecutorService callbacks;

    Connector(TriggerSetting trigger, RabbitSetting setting) {
        this.trigger = trigger;
        this.setting = setting;
        this.callbacks = Threads.pool("rabbitmq-callbacks-");
    }

    /** @param purpose told to the broker beside function and trigger */
    Connection connect(String purpose) throws IOException {
        try {
            return factory()
                    .newConnection("nuclio-" + trigger.function().name() + "-"
                            + trigger.source().name() + purpose);
        } catch (TimeoutException e) {
            throw new IOException("no answer in time", e);
        }
    }

    private ConnectionFactory factory() throws IOException {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(setting.uri());
            if (setting.uri().getScheme().equals("amqps")) {
                factory.useSslProtocol(SSLContext.getDefault());
                factory.enableHostnameVerification();
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (!fromUri() && !setting.user().isEmpty()) {
            factory.setUsername(setting.user());
            factory.setPassword(setting.password());
        }
        factory.setAutomaticRecoveryEnabled(false); // a new session declares everything anew
        factory.setConnectionTimeout(TIMEOUT_MILLIS);
        factory.setHandshakeTimeout(TIMEOUT_MILLIS);
        factory.setChannelRpcTimeout(TIMEOUT_MILLIS);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setSharedExecutor(callbacks);
        return factory;
    }

    /** As in nuclio, user and password in the address win. */
    private boolean fromUri() {
        return setting.uri().getUserInfo() != null;
    }

    /** For messages; empty if nobody is named. */
    String user() {
        String info = setting.uri().getUserInfo();
        return info == null ? setting.user() : info.replaceAll(":.*", "");
    }

    void close() {
        callbacks.shutdown();
    }
}
