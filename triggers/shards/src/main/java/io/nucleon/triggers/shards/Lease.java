package io.nucleon.triggers.shards;

/**
 * Who reads a shard, and how far it is done. Every change has the next version, so that of two who change it at once only one does; an owner
 * whose versions stand still is taken for dead.
 *
 * @param shard its id; {@value #GROUP} for the entry that says where the group began
 * @param owner empty for nobody
 * @param next who asks for it; the owner gives it away when nothing of it runs any more
 * @param version 1 for the first
 * @param position up to which it is done
 */
public record Lease(String shard, String owner, String next, long version, Position position) {

    static final String GROUP = "*";

    static Lease first(String shard, Position position) {
        return new Lease(shard, "", "", 1, position);
    }

    /** The next version, with those who have and want it from now on. */
    Lease with(String newOwner, String newNext, Position newPosition) {
        return new Lease(shard, newOwner, newNext, version + 1, newPosition);
    }

    Lease ownedBy(String newOwner) {
        return with(newOwner, "", position);
    }

    Lease claimedBy(String claimer) {
        return with(owner, claimer, position);
    }

    boolean isGroup() {
        return shard.equals(GROUP);
    }
}
