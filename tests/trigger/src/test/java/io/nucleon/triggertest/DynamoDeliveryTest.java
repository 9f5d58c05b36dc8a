package io.nucleon.triggertest;

import io.nucleon.support.broker.MotoServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Against moto, which keeps everything in memory: a server that was killed comes back empty. Leases are in a table of it. */
class DynamoDeliveryTest extends DeliveryContract {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static MotoServer broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new MotoServer().start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Override
    Source open() throws Exception {
        return new DynamoSource(
                broker, "orders" + NUMBER.incrementAndGet(), ", pollingPeriod: 50ms, leaseDuration: 600ms");
    }

    @Override
    Source openAsInProduction() throws Exception {
        return new DynamoSource(broker, "orders" + NUMBER.incrementAndGet(), "");
    }
}
