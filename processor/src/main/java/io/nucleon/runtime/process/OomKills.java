package io.nucleon.runtime.process;

import java.util.HashMap;
import java.util.Map;

/** Gives each process that the kernel killed for want of memory to one worker only. Safe for many threads. */
final class OomKills {

    private final Map<MemoryGroup, Long> claimed = new HashMap<>();

    /**
     * Whether something of that group was killed that no other worker has been found to be; it is the caller's then.
     *
     * @param before the group's count when the worker was last seen alive
     */
    synchronized boolean claim(MemoryGroup group, long before) {
        long known = Math.max(before, claimed.getOrDefault(group, 0L));
        boolean more = group.killed() > known;
        if (more) {
            claimed.put(group, known + 1);
        }
        return more;
    }
}
