package io.nucleon.trigger.http;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.loop.EventLoops;
import io.nucleon.trigger.TriggerSetting;
import io.nucleon.trigger.TriggerSetting.BatchSetting;
import java.io.IOException;
import java.util.Map;

/** A trigger on a free port of the loopback, with its own loops. */
final class TestServer implements AutoCloseable {

    private final EventLoops loops;
    final HttpTrigger trigger;

    private TestServer(
            Invoker invoker, Map<String, Object> attributes, int loopCount, Clock clock, BatchSetting batch) {
        loops = new EventLoops(loopCount);
        TriggerSetting setting = new TriggerSetting(
                new TriggerSource(0, "test-http", "http", "sync"),
                "127.0.0.1:0",
                attributes,
                1_000_000_000L,
                batch,
                loops,
                clock,
                null,
                null,
                null);
        trigger =
                new HttpTrigger(setting, HttpSetting.read(setting), invoker, TimeLimits.DEFAULT, HttpTrigger.Place.OWN);
        trigger.start();
    }

    static TestServer start(Invoker invoker) {
        return start(invoker, Map.of());
    }

    static TestServer start(Invoker invoker, Map<String, Object> attributes) {
        return new TestServer(invoker, attributes, 1, Clock.system(), BatchSetting.OFF);
    }

    static TestServer withLoops(Invoker invoker, int loops) {
        return new TestServer(invoker, Map.of(), loops, Clock.system(), BatchSetting.OFF);
    }

    static TestServer withClock(Invoker invoker, Clock clock) {
        return new TestServer(invoker, Map.of(), 1, clock, BatchSetting.OFF);
    }

    static TestServer withBatch(Invoker invoker, BatchSetting batch) {
        return new TestServer(invoker, Map.of(), 1, Clock.system(), batch);
    }

    String address() {
        return trigger.address();
    }

    RawClient connect() throws IOException {
        return new RawClient(trigger.address());
    }

    @Override
    public void close() {
        trigger.stop();
        loops.close();
    }
}
