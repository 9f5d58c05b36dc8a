package io.nucleon.triggers.nats;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nucleon.trigger.SourceMessage;
import java.util.List;
import java.util.Map;

/** A message of NATS as nuclio shows it: path is the subject, a header's last value counts. */
final class Mapping {

    private static final String ID = "Nats-Msg-Id";

    private Mapping() {}

    static SourceMessage.Builder of(Message message, long timeNanos) {
        SourceMessage.Builder builder = SourceMessage.at(timeNanos).path(message.getSubject());
        byte[] data = message.getData();
        if (data != null) {
            builder.body(data);
        }
        Headers headers = message.getHeaders();
        if (headers != null) {
            for (Map.Entry<String, List<String>> header : headers.entrySet()) {
                String value =
                        header.getValue().isEmpty() ? "" : header.getValue().getLast();
                if (header.getKey().equalsIgnoreCase("Content-Type")) {
                    builder.contentType(value);
                } else if (header.getKey().equals(ID)) {
                    builder.id(value);
                }
                builder.header(header.getKey(), value);
            }
        }
        return builder;
    }
}
