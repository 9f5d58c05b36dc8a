package io.nucleon.triggers.shards;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a processor should read besides what it has, so that all have as many shards, give or take one.
 *
 * @param free nobody's leases, to be taken
 * @param claim another's lease, to be asked for; null for none
 */
record Balance(List<Lease> free, Lease claim) {

    /**
     * A fair share.
     *
     * @param leases of the shards that can be read now
     * @param isFree whether nobody alive has that lease
     */
    static Balance of(String me, List<Lease> leases, Predicate<Lease> isFree) {
        Map<String, Integer> loads = new HashMap<>();
        loads.put(me, 0);
        List<Lease> free = new ArrayList<>();
        for (Lease lease : leases) {
            if (isFree.test(lease)) {
                free.add(lease);
            } else {
                loads.merge(lease.owner(), 1, Integer::sum);
                if (!lease.next().isEmpty()) {
                    loads.putIfAbsent(lease.next(), 0);
                }
            }
        }
        int share = Math.ceilDiv(leases.size(), loads.size());
        int room = Math.max(0, share - loads.get(me));
        if (!free.isEmpty()) {
            return new Balance(free.subList(0, Math.min(room, free.size())), null);
        }
        return new Balance(List.of(), claim(me, leases, loads));
    }

    /** One at a time, of somebody who has two more at least: so it comes to an end. */
    private static Lease claim(String me, List<Lease> leases, Map<String, Integer> loads) {
        Lease most = null;
        for (Lease lease : leases) {
            if (lease.next().equals(me)) {
                return null;
            }
            if (lease.next().isEmpty()
                    && loads.get(lease.owner()) >= loads.get(me) + 2
                    && (most == null || loads.get(lease.owner()) > loads.get(most.owner()))) {
                most = lease;
            }
        }
        return most;
    }
}
