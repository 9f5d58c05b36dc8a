package io.nucleon.triggertest;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.support.broker.NatsServer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

    @Test
    void theServerIsToldThatAPoisonEventIsGivenUp() throws Exception {
        BlockingQueue<String> terminations = ((JetStreamSource) source).terminations();
        start("fn", "retry: {maxAttempts: 2, backoff: 50ms}");
        send(0, "before", "ok");
        source.send(0, "bad:poison");
        send(0, "after", "ok");

        String told = terminations.poll(60, TimeUnit.SECONDS);

        assertThat(told).as("what the server announces").contains("\"stream_seq\":2,");
        awaitAllDone();
        awaitNothingLeft();
        assertThat(terminations).as("others are acked").isEmpty();
    }
}
