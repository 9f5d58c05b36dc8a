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

    private final Stretch stretch;
    /** Its place there. */
    private final int index;

    private final ConsumerRecord<byte[], ByteBuffer> kafka;

    KafkaEvent(TriggerSource source, Stretch stretch, int index, ConsumerRecord<byte[], ByteBuffer> kafka) {
        super(source);
        this.stretch = stretch;
        this.index = index;
        this.kafka = kafka;
    }

    @Override
    protected SourceMessage decode() {
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
        return kafka.key();
    }

    @Override
    public boolean isPlain() {
        return stretch.isPlain() || !hasHeaders(kafka);
    }

    static boolean hasHeaders(ConsumerRecord<?, ?> record) {
        return record.headers().iterator().hasNext();
    }

    /** The client's buffers are never used again. */
    @Override
    public boolean staysReadable() {
        return true;
    }

    @Override
    public long lane() {
        return stretch.lane();
    }

    @Override
    public void ack() {
        stretch.ack(index, index + 1);
    }

    @Override
    public void nack(long delayNanos) {
        stretch.giveBack();
    }

    @Override
    public void hold() {
        stretch.hold();
    }
}
