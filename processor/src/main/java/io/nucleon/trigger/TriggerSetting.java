package io.nucleon.trigger;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.Metadata;
import io.nucleon.spec.trigger.Trigger;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a trigger needs to know; made by {@code app}.
 *
 * @param source its name, kind and place in the function's table
 * @param url as written in the specification, empty if not
 * @param attributes as written, keys unchanged (look them up without regard to case)
 * @param spec the trigger as its file describes it, for what is not above
 * @param function whose trigger it is
 * @param origin the file or folder that describes it, absolute: with the machine's name it tells processors of one function apart
 * @param waitNanos {@code workerAvailabilityTimeoutMilliseconds} in ns
 * @param state folder for what the trigger must know after a restart, beside the function's journal, not made yet; processors of one
 *     function on one machine have the same. Null where nothing is kept
 */
public record TriggerSetting(
        TriggerSource source,
        String url,
        Map<String, Object> attributes,
        long waitNanos,
        BatchSetting batch,
        EventLoops loops,
        Clock clock,
        Trigger spec,
        Metadata function,
        Path state,
        Path origin) {

    public TriggerSetting {
        attributes = Map.copyOf(attributes);
    }

    /** Of a trigger that keeps nothing. */
    public TriggerSetting(
            TriggerSource source,
            String url,
            Map<String, Object> attributes,
            long waitNanos,
            BatchSetting batch,
            EventLoops loops,
            Clock clock,
            Trigger spec,
            Metadata function,
            Path origin) {
        this(source, url, attributes, waitNanos, batch, loops, clock, spec, function, null, origin);
    }

    /** The same with a folder for what must be known after a restart. */
    public TriggerSetting withState(Path folder) {
        return new TriggerSetting(
                source, url, attributes, waitNanos, batch, loops, clock, spec, function, folder, origin);
    }

    /**
     * Batching of a trigger.
     *
     * @param size events of a full batch; 0 = no batching
     * @param timeoutNanos how long the first event of a batch waits for others
     */
    public record BatchSetting(int size, long timeoutNanos) {

        /** No batching. */
        public static final BatchSetting OFF = new BatchSetting(0, 0);
    }
}
