package io.nucleon.triggertest;

import io.nucleon.support.broker.NatsServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JetStreamDeliveryTest extends DeliveryContract {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static NatsServer broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new NatsServer().start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Override
    Source open() throws Exception {
        return new JetStreamSource(broker, "orders" + NUMBER.incrementAndGet());
    }
}
