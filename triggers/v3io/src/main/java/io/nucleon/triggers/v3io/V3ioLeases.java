package io.nucleon.triggers.v3io;

import io.nucleon.trigger.JsonObject;
import io.nucleon.triggers.shards.Lease;
import io.nucleon.triggers.shards.LeaseStore;
import io.nucleon.triggers.shards.LeaseText;
import io.nucleon.triggers.shards.Position;
import io.nucleon.triggers.shards.SourceException;
import io.nucleon.triggers.shards.http.JsonText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Leases in the object in which nuclio's functions keep the state of the group, as an attribute beside theirs, changed only if nobody has
 * changed the object meanwhile. How far a shard is done is written to the shard too, where nuclio's functions look for it, so that a
 * function can move in both directions.
 */
final class V3ioLeases implements LeaseStore {

    private static final String LEASES = "nucleon_leases";
    private static final String SECONDS = "__mtime_secs";
    private static final String NANOS = "__mtime_nsecs";
    private static final int TRIES = 5;

    private final V3ioClient client;
    private final String object;
    private final String committed;

    V3ioLeases(V3ioClient client, V3ioSetting setting) {
        this.client = client;
        this.object = setting.group() + "-state.json";
        this.committed = committedAttribute(setting.group());
    }

    /** Attribute of a shard: the sequence number up to which a group has done it. */
    static String committedAttribute(String group) {
        return "__" + group + "_committed_sequence_number";
    }

    /**
     * What is there.
     *
     * @param condition which still holds if nobody has changed it
     */
    private record State(Map<String, Lease> leases, String condition) {}

    @Override
    public Map<String, Lease> read() throws InterruptedException {
        return load().leases;
    }

    private State load() throws InterruptedException {
        JsonObject item;
        try {
            item = client.call(
                            "GetItem",
                            object,
                            new JsonText().put("AttributesToGet", SECONDS + "," + NANOS + "," + LEASES))
                    .object("Item");
        } catch (SourceException e) {
            if (e.kind() == SourceException.Kind.MISSING) {
                return new State(new LinkedHashMap<>(), "not(exists(" + LEASES + "))");
            }
            throw e;
        }
        String seconds = item.object(SECONDS).text("N");
        String nanos = item.object(NANOS).text("N");
        if (!seconds.matches("\\d+") || !nanos.matches("\\d+")) {
            throw client.nonsense("has no time of the last change of '" + object + "'");
        }
        try {
            return new State(
                    LeaseText.read(item.object(LEASES).text("S")),
                    "(" + NANOS + " == " + nanos + ") AND (" + SECONDS + " == " + seconds + ")");
        } catch (IOException e) {
            throw client.nonsense("has leases that are none: " + e.getMessage());
        }
    }

    @Override
    public boolean write(Lease lease) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            State state = load();
            Lease before = state.leases.get(lease.shard());
            if ((before == null ? 0 : before.version()) != lease.version() - 1) {
                return false;
            }
            state.leases.put(lease.shard(), lease);
            if (save(state)) {
                if (lease.position().kind() == Position.Kind.AFTER
                        && (before == null || !lease.position().equals(before.position()))) {
                    tellShard(lease);
                }
                return true;
            }
        }
        return false;
    }

    @Override
    public void remove(Lease lease) throws InterruptedException {
        State state = load();
        Lease before = state.leases.get(lease.shard());
        if (before != null && before.version() == lease.version()) {
            state.leases.remove(lease.shard());
            save(state); // who comes in between removes it the next time
        }
    }

    private boolean save(State state) throws InterruptedException {
        String text = LeaseText.write(state.leases.values());
        try {
            put(object, LEASES, new JsonText().put("S", text), state.condition);
            return true;
        } catch (SourceException e) {
            // A condition that does not hold is status 400 of some versions.
            boolean refused = e.kind() == SourceException.Kind.REFUSED;
            if (e.kind() == SourceException.Kind.CONFLICT || (refused && isChanged(state))) {
                return false;
            }
            throw e;
        }
    }

    private boolean isChanged(State state) throws InterruptedException {
        return !load().condition.equals(state.condition);
    }

    private void tellShard(Lease lease) throws InterruptedException {
        put(lease.shard(), committed, new JsonText().put("N", lease.position().text()), "");
    }

    private void put(String below, String attribute, JsonText value, String condition) throws InterruptedException {
        JsonText request = new JsonText()
                .put("UpdateMode", "CreateOrReplaceAttributes")
                .put("Item", new JsonText().put(attribute, value));
        if (!condition.isEmpty()) {
            request.put("ConditionExpression", condition);
        }
        client.call("PutItem", below, request);
    }
}
