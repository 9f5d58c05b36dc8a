package io.nucleon.spec.trigger;

import io.nucleon.spec.field.Fields;
import java.util.List;

/**
 * Left-overs of nuclio's dealer, read by no trigger of nuclio: how many tasks there are, and how many one processor may take.
 *
 * @param total 0 = not said
 * @param most 0 = not said
 */
public record TaskShare(int total, int most, List<Partition> partitions) {
    /** A partition and where to begin in it. */
    public record Partition(String id, String checkpoint) {}

    public TaskShare {
        partitions = List.copyOf(partitions);
    }

    static TaskShare read(Fields trigger) {
        return new TaskShare(
                trigger.integer("total_tasks", 0, 0, Integer.MAX_VALUE),
                trigger.integer("max_task_allocation", 0, 0, Integer.MAX_VALUE),
                trigger.each("partitions", item -> new Partition(item.text("id", ""), item.text("checkpoint", ""))));
    }
}
