package io.nucleon.triggers.shards;

import io.nucleon.invoke.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The leases as this processor last saw them, and what it does with them. Used by the coordinator's thread. */
final class Group {

    private final String me;
    private final LeaseStore store;
    private final Position initial;
    private final long leaseNanos;
    private final Clock clock;
    private final Map<String, Seen> seen = new HashMap<>();
    private Map<String, Lease> leases = Map.of();
    /** Whether the group has begun with this very look, so that what it begins with are the newest records. */
    private boolean begun;

    /** A version of a lease, and since when it has stood still, nanoTime. */
    private record Seen(long version, long since) {}

    Group(String me, LeaseStore store, ShardSetting setting, Clock clock) {
        this.me = me;
        this.store = store;
        this.initial = setting.initial();
        this.leaseNanos = setting.leaseNanos();
        this.clock = clock;
    }

    /** Reads the leases, makes those that are missing, and removes those of shards that are no more. */
    void look(Set<String> shards) throws InterruptedException {
        leases = new HashMap<>(store.read());
        begun = false;
        if (!leases.containsKey(Lease.GROUP)) {
            Lease group = Lease.first(Lease.GROUP, beginning());
            begun = store.write(group);
            leases.put(Lease.GROUP, begun ? group : store.read().getOrDefault(Lease.GROUP, group));
        }
        for (String shard : shards) {
            if (!leases.containsKey(shard)) {
                Lease first = Lease.first(shard, leases.get(Lease.GROUP).position());
                if (store.write(first)) {
                    leases.put(shard, first);
                }
            }
        }
        long now = clock.nanoTime();
        for (Lease lease : List.copyOf(leases.values())) {
            Seen before = seen.get(lease.shard());
            if (before == null || before.version != lease.version()) {
                seen.put(lease.shard(), new Seen(lease.version(), now));
            }
            boolean gone = !shards.isEmpty() && !shards.contains(lease.shard()) && !lease.isGroup();
            if (gone && isFree(lease)) {
                remove(lease);
            }
        }
    }

    /** Who comes to a shard later, after a crash too, reads it from the group's beginning on. */
    private Position beginning() {
        return initial.kind() == Position.Kind.LATEST
                ? Position.atTime(TimeUnit.NANOSECONDS.toMillis(clock.wallNanos()))
                : Position.START;
    }

    /** Whether a shard is read for the first time of all, by who has begun the group. */
    boolean begins(Lease lease) {
        return begun && lease.position().kind() == Position.Kind.TIME;
    }

    private boolean isFree(Lease lease) {
        return lease.owner().isEmpty()
                || store.isGone(lease.owner())
                || clock.nanoTime() - seen.get(lease.shard()).since >= leaseNanos;
    }

    /** Takes free leases up to this processor's share; asks for one if there are none and others have more. */
    void take(Map<String, Shard> shards) throws InterruptedException {
        List<Lease> ready = new ArrayList<>();
        for (Shard shard : shards.values()) {
            Lease lease = leases.get(shard.id());
            if (lease != null && !lease.position().isEnd() && parentsAreDone(shard)) {
                ready.add(lease);
            }
        }
        if (ready.isEmpty()) {
            return;
        }
        Balance balance =
                Balance.of(me, ready, lease -> isFree(lease) && !lease.owner().equals(me));
        for (Lease lease : balance.free()) {
            write(lease.ownedBy(me));
        }
        if (balance.claim() != null) {
            write(balance.claim().claimedBy(me));
        }
    }

    /** A parent that has no lease has no records any more. */
    private boolean parentsAreDone(Shard shard) {
        return shard.parents().stream()
                .map(leases::get)
                .allMatch(parent -> parent == null || parent.position().isEnd());
    }

    List<Lease> mine() {
        return leases.values().stream()
                .filter(lease -> lease.owner().equals(me))
                .toList();
    }

    boolean isMine(String shard) {
        Lease lease = leases.get(shard);
        return lease != null && lease.owner().equals(me);
    }

    /** False if somebody has changed the lease meanwhile. */
    boolean write(Lease lease) throws InterruptedException {
        if (!store.write(lease)) {
            return false;
        }
        leases.put(lease.shard(), lease);
        seen.put(lease.shard(), new Seen(lease.version(), clock.nanoTime()));
        return true;
    }

    void remove(Lease lease) throws InterruptedException {
        store.remove(lease);
        leases.remove(lease.shard());
        seen.remove(lease.shard());
    }

    void close() {
        store.close();
    }
}
