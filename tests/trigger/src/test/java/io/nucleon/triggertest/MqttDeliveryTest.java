package io.nucleon.triggertest;

import io.nucleon.support.broker.Mosquitto;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class MqttDeliveryTest extends DeliveryContract {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static Mosquitto broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new Mosquitto().start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Override
    Source open() throws Exception {
        return new MqttSource(broker, "orders" + NUMBER.incrementAndGet(), 4);
    }
}
