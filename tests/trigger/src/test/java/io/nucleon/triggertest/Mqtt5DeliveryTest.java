package io.nucleon.triggertest;

import io.nucleon.support.broker.Mosquitto;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What version 5 of the protocol does in another way: sessions that expire, a window that the processor sets. */
class Mqtt5DeliveryTest extends DeliveryBasics {

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
        return new MqttSource(broker, "orders" + NUMBER.incrementAndGet(), 5);
    }

    /** The long run is that of version 3.1.1. */
    @Override
    int kills() {
        return 5;
    }
}
