package io.nucleon.triggers.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.invoke.Clock;
import io.nucleon.loop.EventLoops;
import io.nucleon.trigger.AttributeReader;
import io.nucleon.trigger.TestSettings;
import io.nucleon.trigger.TriggerSetting;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventHubAttributesTest {

    private static final String HUB =
            "namespace: shop, eventHubName: orders, sharedAccessKeyName: listen, sharedAccessKeyValue: c2VjcmV0";

    private static Map<String, Object> connection(String kind, String more) {
        try (EventLoops loops = new EventLoops(1)) {
            TriggerSetting setting =
                    TestSettings.of(kind + "\nattributes: {" + HUB + more + "}", loops, Clock.system());
            return AttributeReader.read(setting, fields -> EventHubAttributes.read(fields, setting))
                    .connection();
        }
    }

    @Test
    void aHubIsABrokerOfItsNamespace() {
        assertThat(connection("kind: eventhub", ""))
                .containsEntry("bootstrap.servers", "shop.servicebus.windows.net:9093")
                .containsEntry("security.protocol", "SASL_SSL")
                .hasEntrySatisfying(
                        "sasl.jaas.config",
                        login -> assertThat((String) login)
                                .contains("username=\"$ConnectionString\"")
                                .contains(
                                        "password=\"Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=listen;"
                                                + "SharedAccessKey=c2VjcmV0\""));
    }

    @Test
    void itsKeyIsSentEncryptedUnlessTheFileSaysOtherwise() {
        String elsewhere = "kind: eventhub\nurl: hub.internal:9093";

        assertThat(connection(elsewhere, ""))
                .containsEntry("bootstrap.servers", "hub.internal:9093")
                .containsEntry("security.protocol", "SASL_SSL");
        assertThat(connection(elsewhere, ", tls: {enable: false}"))
                .containsEntry("security.protocol", "SASL_PLAINTEXT");
    }
}
