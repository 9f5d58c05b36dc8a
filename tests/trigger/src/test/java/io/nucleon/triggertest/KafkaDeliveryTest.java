package io.nucleon.triggertest;

import io.nucleon.support.broker.KafkaBroker;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class KafkaDeliveryTest extends DeliveryContract {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static KafkaBroker broker;
    private KafkaBroker patient;

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

    /** Members of this broker's groups have nothing to say for five seconds at a time, which is the least that its defaults allow. */
    @Override
    Source openAsInProduction() throws Exception {
        patient = new KafkaBroker(Map.of(
                        "group.consumer.min.heartbeat.interval.ms", "5000",
                        "group.consumer.heartbeat.interval.ms", "5000",
                        "group.consumer.session.timeout.ms", "45000"))
                .start();
        return new KafkaSource(patient, "orders");
    }

    @AfterEach
    void stopPatientBroker() throws Exception {
        if (patient != null) {
            patient.close();
        }
    }
}
