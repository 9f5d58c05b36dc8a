package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.RecordingInvoker;
import io.nucleon.invoke.SeenEvent;
import io.nucleon.trigger.TriggerSetting.BatchSetting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void givesAFullBatchAtOnceAndAnswersEach() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of(seen.path()));
        try (TestServer server = TestServer.withBatch(
                        invoker, new BatchSetting(3, Duration.ofMinutes(1).toNanos()));
                RawClient one = server.connect();
                RawClient two = server.connect();
                RawClient three = server.connect()) {
            one.get("/1");
            two.get("/2");
            Awaitility.await("two requests")
                    .during(Duration.ofMillis(100))
                    .until(() -> invoker.batches().isEmpty());
            three.get("/3");

            assertThat(one.read().text()).isEqualTo("/1");
            assertThat(two.read().text()).isEqualTo("/2");
            assertThat(three.read().text()).isEqualTo("/3");
        }
        assertThat(invoker.batches()).hasSize(1);
        assertThat(invoker.batches().getFirst())
                .extracting(SeenEvent::path)
                .containsExactlyInAnyOrder("/1", "/2", "/3");
    }

    @Test
    void givesWhatThereIsWhenTheTimeIsUp() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of(seen.path()));
        try (TestServer server = TestServer.withBatch(
                        invoker, new BatchSetting(100, Duration.ofMillis(20).toNanos()));
                RawClient client = server.connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.get("/" + i).read().text()).isEqualTo("/" + i);
            }
        }
        assertThat(invoker.batches()).hasSize(3).allMatch(batch -> batch.size() == 1);
    }

    @Test
    void leavesOutWhoHasLeft() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.holding();
        try (TestServer server = TestServer.withBatch(
                        invoker, new BatchSetting(2, Duration.ofMinutes(1).toNanos()));
                RawClient stays = server.connect()) {
            try (RawClient leaves = server.connect()) {
                leaves.get("/leaves");
                Awaitility.await("the request to wait").until(() -> server.trigger.waitingInBatch() == 1);
            }
            Awaitility.await("the client to leave").until(() -> server.trigger.openChannels() == 1);
            stays.get("/stays");
            List<Invocation> open = new ArrayList<>();
            open.add(invoker.take());
            RecordingInvoker.answer(open.getFirst(), GivenResponse.of("x"));

            assertThat(stays.read().text()).isEqualTo("x");
            assertThat(server.trigger.drain().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void aDrainGivesWhatWaits() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of("done"));
        try (TestServer server = TestServer.withBatch(
                        invoker, new BatchSetting(9, Duration.ofMinutes(1).toNanos()));
                RawClient client = server.connect()) {
            client.get("/");
            Awaitility.await("the request to wait").until(() -> server.trigger.waitingInBatch() == 1);
            assertThat(server.trigger.drain().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(5));

            assertThat(client.read().text()).isEqualTo("done");
        }
    }
}
