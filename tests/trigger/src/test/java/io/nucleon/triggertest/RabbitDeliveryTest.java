package io.nucleon.triggertest;

import io.nucleon.support.broker.RabbitServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RabbitDeliveryTest extends DeliveryContract {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static RabbitServer broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new RabbitServer().start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Override
    Source open() throws Exception {
        return new RabbitSource(broker, "orders" + NUMBER.incrementAndGet());
    }
}
