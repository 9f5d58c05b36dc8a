package io.nucleon.triggertest;

import io.nucleon.support.broker.KinesisServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Against kinesalite; leases are where they are by default, in files. */
class KinesisDeliveryTest extends DeliveryContract {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static KinesisServer broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new KinesisServer().start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Override
    Source open() throws Exception {
        return new KinesisSource(
                broker, "orders" + NUMBER.incrementAndGet(), ", pollingPeriod: 50ms, leaseDuration: 1s");
    }

    @Override
    Source openAsInProduction() throws Exception {
        return new KinesisSource(broker, "orders" + NUMBER.incrementAndGet(), "");
    }
}
