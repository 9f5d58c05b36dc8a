package io.nucleon.triggers.kafka;

import io.nucleon.invoke.Event;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.trigger.SourceEvent;
import io.nucleon.trigger.SourceMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A record as an event. Path and topic are the topic, header values are texts, the record's key is a header of ours. */
final class KafkaEvent extends SourceEvent {

    /** The key as text; nuclio shows it nowhere. */
    private static final String KEY = "X-Nucleon-Key";

    private static final String BINARY_KEY = "X-Nucleon-Key-Base64";

    private final Reader reader;
    private final Partition partition;
    private final Partition.Entry entry;
    private final long lane;
    private final byte[] key;

    KafkaEvent(
            TriggerSource source,
            Reader reader,
            Partition partition,
            long lane,
            ConsumerRecord<byte[], ByteBuffer> kafka) {
        super(source, messageOf(kafka));
        this.reader = reader;
        this.partition = partition;
        this.lane = lane;
        this.key = kafka.key();
        this.entry = partition.add(kafka.offset());
    }

    private static SourceMessage messageOf(ConsumerRecord<byte[], ByteBuffer> kafka) {
        SourceMessage.Builder message = SourceMessage.at(TimeUnit.MILLISECONDS.toNanos(kafka.timestamp()))
                .path(kafka.topic())
                .topic(kafka.topic())
                .position(kafka.partition(), kafka.offset());
        if (kafka.value() != null) {
            message.body(kafka.value());
        }
        for (Header header : kafka.headers()) {
            String value = header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
            if (header.key().equalsIgnoreCase("Content-Type")) {
                message.contentType(value);
            }
            message.header(header.key(), value);
        }
        if (kafka.key() != null) {
            try {
                message.header(
                        KEY,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(kafka.key()))
                                .toString());
            } catch (CharacterCodingException notText) {
                message.header(BINARY_KEY, Base64.getEncoder().encodeToString(kafka.key()));
            }
        }
        return message.build();
    }

    /** Whether that header is ours, for the key. */
    static boolean isKey(String header) {
        return header.equals(KEY) || header.equals(BINARY_KEY);
    }

    /** The key that those headers of an event from elsewhere tell; null for none. */
    static byte[] keyOf(Event event) {
        String text = event.header(KEY);
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Null for none. */
    byte[] key() {
        return key;
    }

    @Override
    public long lane() {
        return lane;
    }

    @Override
    public void ack() {
        partition.done(entry);
        reader.ended(this);
    }

    @Override
    public void nack(long delayNanos) {
        partition.returned(entry);
        reader.ended(this);
    }

    @Override
    public void hold() {
        partition.held(entry);
        reader.ended(this);
    }
}
