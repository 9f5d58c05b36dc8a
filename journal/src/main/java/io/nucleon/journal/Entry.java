package io.nucleon.journal;

import java.util.Optional;

/**
 * One record of the journal: something about one event. Immutable; made by the methods named after its kind.
 *
 * @param id the invocation id, 26 characters, one for all entries of an event
 * @param timeNanos when this was noted, ns since 1970
 * @param function whose event it is
 * @param event only of those kinds that carry it
 * @param answer only of those kinds that carry it
 */
public record Entry(
        EntryKind kind,
        String id,
        long timeNanos,
        String function,
        Optional<RecordedEvent> event,
        Optional<RecordedAnswer> answer,
        Tries tries) {

    public Entry {
        if (!InvocationId.isOne(id)) {
            throw new IllegalArgumentException("'" + id + "' is no invocation id");
        }
    }

    /** An event that was given up. It is written with secrets masked. */
    public static Entry deadLetter(String id, long timeNanos, String function, RecordedEvent event, Tries tries) {
        return new Entry(EntryKind.DEAD_LETTER, id, timeNanos, function, Optional.of(event), Optional.empty(), tries);
    }

    /** An event that its source will not deliver again. It is written as it is, secrets too, since it will be run again from here. */
    public static Entry pending(String id, long timeNanos, String function, RecordedEvent event, Tries tries) {
        return new Entry(EntryKind.PENDING, id, timeNanos, function, Optional.of(event), Optional.empty(), tries);
    }

    /** An asynchronous call. It is written as it is, secrets too, since it may have to be run from here. */
    public static Entry accepted(String id, long timeNanos, String function, RecordedEvent event) {
        return new Entry(EntryKind.ACCEPTED, id, timeNanos, function, Optional.of(event), Optional.empty(), Tries.NONE);
    }

    /** The answer to a call. Its body is written as it is, since the caller will fetch it. */
    public static Entry answered(String id, long timeNanos, String function, RecordedAnswer answer) {
        return new Entry(
                EntryKind.ANSWERED, id, timeNanos, function, Optional.empty(), Optional.of(answer), Tries.NONE);
    }

    /** An event with its answer: one that failed, or any while a function is recorded. Both are written with secrets masked. */
    public static Entry captured(
            String id, long timeNanos, String function, RecordedEvent event, RecordedAnswer answer) {
        return new Entry(
                EntryKind.CAPTURED, id, timeNanos, function, Optional.of(event), Optional.of(answer), Tries.NONE);
    }

    /** One more try of a pending event failed. */
    public static Entry tried(String id, long timeNanos, String function, Tries tries) {
        return new Entry(EntryKind.TRIED, id, timeNanos, function, Optional.empty(), Optional.empty(), tries);
    }

    /**
     * Nothing more is to be done with an event.
     *
     * @param how {@code done}, {@code replayed}, {@code discarded}
     */
    public static Entry resolved(String id, long timeNanos, String function, String how) {
        return new Entry(
                EntryKind.RESOLVED,
                id,
                timeNanos,
                function,
                Optional.empty(),
                Optional.empty(),
                new Tries("", how, 0, 0, 0, 0, 0));
    }

    Entry with(Tries later) {
        return new Entry(kind, id, timeNanos, function, event, answer, later);
    }

    /** As it is written: only what will be run again keeps its secrets. */
    public Entry masked(Secrets secrets) {
        if (kind == EntryKind.PENDING || kind == EntryKind.ACCEPTED) {
            return this;
        }
        return kind == EntryKind.ANSWERED ? with(event, answer.map(secrets::maskHeaders)) : shown(secrets);
    }

    /** As people are shown it: no secrets, whatever its kind. */
    public Entry shown(Secrets secrets) {
        return with(event.map(secrets::mask), answer.map(secrets::mask)).with(secrets.mask(tries));
    }

    private Entry with(Optional<RecordedEvent> otherEvent, Optional<RecordedAnswer> otherAnswer) {
        return new Entry(kind, id, timeNanos, function, otherEvent, otherAnswer, tries);
    }
}
