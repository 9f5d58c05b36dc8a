package io.nucleon.triggertest;

import io.nucleon.support.broker.KafkaBroker;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class KafkaDeliveryTest extends DeliveryTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static KafkaBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new KafkaBroker(Map.of()).start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Override
    Source open() throws Exception {
        return new KafkaSource(broker, "orders" + NUMBER.incrementAndGet());
    }
}
