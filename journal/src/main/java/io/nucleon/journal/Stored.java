package io.nucleon.journal;

/**
 * An entry and where it stands. Later entries have higher positions; a position is not kept for ever, since an entry that must live on
 * moves when its segment is removed.
 */
public record Stored(long position, Entry entry) {}
