package io.nuclio.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestEventTest {

    @Test
    void looksAsAnEmptyHttpRequestUnlessToldOtherwise() {
        TestEvent event = TestEvent.builder().build();

        assertThat(event.getTriggerInfo().getClassName()).isEqualTo("sync");
        assertThat(event.getTriggerInfo().getKindName()).isEqualTo("http");
        assertThat(event.getTriggerInfo().getName()).isEqualTo("http");
        assertThat(event.getMethod()).isEqualTo("GET");
        assertThat(event.getPath()).isEqualTo("/");
        assertThat(event.getURL()).isEmpty();
        assertThat(event.getContentType()).isEmpty();
        assertThat(event.getBody()).isEmpty();
        assertThat(event.getHeaders()).isEmpty();
        assertThat(event.getFields()).isEmpty();
        assertThat(event.getTimestamp()).isEqualTo(Instant.EPOCH);
        assertThat(event.getShardID()).isEqualTo(-1);
        assertThat(event.getTotalNumShards()).isZero();
        assertThat(event.getType()).isEmpty();
        assertThat(event.getTypeVersion()).isEmpty();
        assertThat(event.getVersion()).isEmpty();
        assertThat(event.getTopic()).isEmpty();
        assertThat(event.getOffset()).isZero();
    }

    @Test
    void carriesAllThatWasSet() {
        TestEvent event = TestEvent.builder()
                .id("e1")
                .trigger("async", "kafka-cluster", "orders")
                .method("PUT")
                .path("/p")
                .url("tcp://host")
                .contentType("text/csv")
                .body("a,b")
                .timestamp(Instant.ofEpochSecond(12))
                .shard(2, 8)
                .type("t")
                .typeVersion("tv")
                .version("v")
                .topic("orders")
                .offset(99)
                .build();

        assertThat(event.getID()).isEqualTo("e1");
        assertThat(event.getTriggerInfo().getClassName()).isEqualTo("async");
        assertThat(event.getTriggerInfo().getKindName()).isEqualTo("kafka-cluster");
        assertThat(event.getTriggerInfo().getName()).isEqualTo("orders");
        assertThat(event.getMethod()).isEqualTo("PUT");
        assertThat(event.getPath()).isEqualTo("/p");
        assertThat(event.getURL()).isEqualTo("tcp://host");
        assertThat(event.getContentType()).isEqualTo("text/csv");
        assertThat(event.getBody()).asString(UTF_8).isEqualTo("a,b");
        assertThat(event.getTimestamp()).isEqualTo(Instant.ofEpochSecond(12));
        assertThat(event.getShardID()).isEqualTo(2);
        assertThat(event.getTotalNumShards()).isEqualTo(8);
        assertThat(event.getType()).isEqualTo("t");
        assertThat(event.getTypeVersion()).isEqualTo("tv");
        assertThat(event.getVersion()).isEqualTo("v");
        assertThat(event.getTopic()).isEqualTo("orders");
        assertThat(event.getOffset()).isEqualTo(99);
    }

    @Test
    void hasAnIdOfItsOwn() {
        TestEvent.Builder builder = TestEvent.get("/");

        assertThat(builder.build().getID()).isNotEqualTo(builder.build().getID());
    }

    @Test
    void namesHttpHeadersAsTheWireDoes() {
        TestEvent event = TestEvent.post("/")
                .header("x-fOO-bar", "1")
                .header("X-Foo-Bar", "2")
                .build();

        assertThat(event.getHeaders()).containsOnlyKeys("X-Foo-Bar").containsEntry("X-Foo-Bar", "2");
    }

    @Test
    void leavesHeadersOfOtherTriggersAsTheyAre() {
        TestEvent event = TestEvent.builder()
                .header("some_key", "1")
                .trigger("async", "kafka-cluster", "orders")
                .build();

        assertThat(event.getHeaders()).containsOnlyKeys("some_key");
    }

    @Test
    void takesItsContentTypeFromTheHeader() {
        assertThat(TestEvent.post("/")
                        .header("content-type", "application/json; charset=utf-8")
                        .build()
                        .getContentType())
                .isEqualTo("application/json; charset=utf-8");
    }

    @Test
    void staysAsBuiltWhenTheBuilderGoesOn() {
        byte[] body = {1};
        TestEvent.Builder builder =
                TestEvent.post("/").body(body).header("A", "1").field("f", "1");
        TestEvent event = builder.build();

        body[0] = 2;
        builder.header("B", "2").field("g", "2").build().getBody()[0] = 3;

        assertThat(event.getBody()).containsExactly(1);
        assertThat(event.getHeaders()).containsOnlyKeys("A");
        assertThat(event.getFields()).containsOnlyKeys("f");
    }

    @Test
    void refusesAQueryInThePath() {
        assertThatThrownBy(() -> TestEvent.get("/a?b=c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use field(name, value)");
    }
}
