package io.nucleon.triggertest;

import io.nucleon.support.broker.V3ioServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Against a double of v3io, written from its public reference. */
class V3ioDeliveryTest extends DeliveryContract {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static V3ioServer broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new V3ioServer("").start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Override
    Source open() throws Exception {
        return new V3ioSource(
                broker,
                "orders" + NUMBER.incrementAndGet(),
                ", sessionTimeout: 600ms, sequenceNumberCommitInterval: 200ms");
    }

    @Override
    Source openAsInProduction() throws Exception {
        return new V3ioSource(broker, "orders" + NUMBER.incrementAndGet(), "");
    }
}
