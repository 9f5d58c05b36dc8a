package io.nucleon.runtime.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.invoke.LentEvent;
import io.nucleon.invoke.TriggerSource;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmEventTest {

    private final LentEvent raw = new LentEvent();
    private final io.nuclio.Event event = new JvmEvent(raw, false);

    @Test
    void showsEveryMember() {
        raw.id = "e-1";
        raw.method = "PUT";
        raw.path = "/orders/7";
        raw.query = "a=1&b=x%20y&n=12";
        raw.contentType = "application/json; charset=utf-8";
        raw.shard = 4;
        raw.streamOffset = 99;
        raw.body = new byte[] {0, 1, (byte) 0xff};
        raw.headers.put("Content-Type", raw.contentType);
        raw.headers.put("X-Number", "42");
        raw.extra.putAll(Map.of(
                "url", "u", "type", "t", "type_version", "tv", "version", "v", "topic", "orders", "num_shards", "8"));

        assertThat(event.getID()).isEqualTo("e-1");
        assertThat(event.getMethod()).isEqualTo("PUT");
        assertThat(event.getPath()).isEqualTo("/orders/7");
        assertThat(event.getContentType()).isEqualTo("application/json; charset=utf-8");
        assertThat(event.getBody()).containsExactly(0, 1, 0xff);
        assertThat(event.getBodyObject()).isSameAs(event.getBody());
        assertThat(event.getTimestamp()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(event.getFields()).isEqualTo(Map.of("a", "1", "b", "x y", "n", "12"));
        assertThat(event.getFieldString("b")).isEqualTo("x y");
        assertThat(event.getFieldLong("n")).isEqualTo(12);
        assertThat(event.getField("absent")).isNull();
        assertThat(event.getFieldLong("absent")).isZero();
        assertThat(event.getHeaders()).isEqualTo(raw.headers);
        assertThat(event.getHeaderLong("x-number")).isEqualTo(42);
        assertThat(event.getHeaderBytes("X-NUMBER")).isEqualTo("42".getBytes(UTF_8));
        assertThat(event.getHeaderString("absent")).isNull();
        assertThat(event.getHeader(null)).isNull();
        assertThat(event.getURL()).isEqualTo("u");
        assertThat(event.getType()).isEqualTo("t");
        assertThat(event.getTypeVersion()).isEqualTo("tv");
        assertThat(event.getVersion()).isEqualTo("v");
        assertThat(event.getTopic()).isEqualTo("orders");
        assertThat(event.getShardID()).isEqualTo(4);
        assertThat(event.getTotalNumShards()).isEqualTo(8);
        assertThat(event.getOffset()).isEqualTo(99);
        assertThat(event.getTriggerInfo().getKindName()).isEqualTo("http");
        assertThat(event.getTriggerInfo().getName()).isEqualTo("default-http");
        assertThat(event.getTriggerInfo().getClassName()).isEqualTo("sync");
    }

    @Test
    void showsTheDefaultsOfHttp() {
        assertThat(event.getShardID()).isEqualTo(-1);
        assertThat(event.getTotalNumShards()).isZero();
        assertThat(event.getOffset()).isZero();
        assertThat(event.getURL()).isEmpty();
        assertThat(event.getTopic()).isEmpty();
        assertThat(event.getType()).isEmpty();
        assertThat(event.getContentType()).isEmpty();
        assertThat(event.getFields()).isEmpty();
        assertThat(event.getBody()).isEmpty();
    }

    @Test
    void makesAnIdOnceIfTheSourceGaveNone() {
        String id = event.getID();

        assertThat(UUID.fromString(id).version()).isEqualTo(4);
        assertThat(event.getID()).isEqualTo(id);
    }

    @Test
    void namesTheSourceOfACloudEvent() {
        raw.source = new TriggerSource(1, "web", "http", "sync");
        raw.extra.put("trigger_kind", "/sensors");
        raw.extra.put("trigger_name", "s1");

        assertThat(event.getTriggerInfo().getKindName()).isEqualTo("/sensors");
        assertThat(event.getTriggerInfo().getName()).isEqualTo("s1");
        assertThat(event.getTriggerInfo().getClassName()).isEqualTo("unsupported");
    }

    @Test
    void copiesTheBodyOnce() {
        raw.body("text");

        byte[] body = event.getBody();
        raw.body[0] = 'T';

        assertThat(body).isEqualTo("text".getBytes(UTF_8));
        assertThat(event.getBody()).isSameAs(body);
        assertThat(event.getBodyBuffer()).isEqualTo(ByteBuffer.wrap(body));
    }

    @Test
    void showsTheBodyInPlaceIfAskedTo() {
        raw.body("text");
        ByteBuffer view = new JvmEvent(raw, true).getBodyBuffer();

        raw.body[0] = 'T';

        assertThat(UTF_8.decode(view.duplicate()).toString()).isEqualTo("Text");
        assertThatThrownBy(() -> view.put(0, (byte) 0)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void canNotBeReadAfterItsTimeExceptForWhatWasReadBefore() {
        raw.body("text");
        byte[] body = event.getBody();
        ((JvmEvent) event).revoke();

        assertThat(event.getBody()).isSameAs(body);
        assertRefused(event);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void canNotBeReadAfterItsHandler(boolean stays) {
        raw.stays = stays;
        raw.body("text");
        JvmEvent lent = new JvmEvent(raw, false);
        byte[] body = lent.getBody();
        lent.returned();

        assertThat(lent.getBody()).isSameAs(body);
        assertRefused(lent);
        lent.revoke();
        lent.returned();
        assertRefused(lent);
    }

    private static void assertRefused(io.nuclio.Event late) {
        assertThatThrownBy(late::getPath)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("take what you need before");
        assertThatThrownBy(() -> late.getHeaderString("A")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(late::getTopic).isInstanceOf(IllegalStateException.class);
    }
}
