package io.nucleon.journal;

/** What an entry says of an event. The code is what files hold and is never reused. */
public enum EntryKind {
    /** An event that its source will not deliver again and that is not done. Living until it is resolved or a dead letter. */
    PENDING(1, true),
    /** An asynchronous call that is not answered. Living until it is. */
    ACCEPTED(2, true),
    /** An event that was given up. Living until somebody sends it again or discards it. */
    DEAD_LETTER(3, true),
    /** The answer to an accepted call. */
    ANSWERED(4, false),
    /** An event with its answer, kept to be looked at: those that fail, and all while a function is recorded. */
    CAPTURED(5, false),
    /** One more try of a pending event has failed. */
    TRIED(6, false),
    /** A pending event is done, a dead letter sent again or discarded. */
    RESOLVED(7, false);

    private static final EntryKind[] BY_CODE = byCode();

    private final int code;
    private final boolean living;

    EntryKind(int code, boolean living) {
        this.code = code;
        this.living = living;
    }

    int code() {
        return code;
    }

    /** Whether it must be kept until a later entry of the same event ends it, however old it gets. */
    public boolean isLiving() {
        return living;
    }

    /** Whether it says what became of an earlier one: such an entry finds room when others no longer do. */
    boolean closes() {
        return this == ANSWERED || this == TRIED || this == RESOLVED;
    }

    /** Null for a code of a later version. */
    static EntryKind of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    private static EntryKind[] byCode() {
        EntryKind[] kinds = new EntryKind[values().length + 1];
        for (EntryKind kind : values()) {
            kinds[kind.code] = kind;
        }
        return kinds;
    }
}
