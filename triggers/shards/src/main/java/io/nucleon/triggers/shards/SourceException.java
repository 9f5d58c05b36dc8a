package io.nucleon.triggers.shards;

import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;

/** A server of a stream, or of its leases, did not do what it was asked for. */
public final class SourceException extends NucleonException {

    private static final long serialVersionUID = 1L;

    /** What is to be done about it. */
    public enum Kind {
        /** No answer, or an answer that the server is not well: try again later. */
        UNREACHABLE,
        /** Asked too often: try again a little later. */
        BUSY,
        /** Credentials or rights are missing. */
        REFUSED,
        /** There is no such stream, table or shard. */
        MISSING,
        /** The cursor is too old: open another. */
        EXPIRED,
        /** The records at that place are gone: begin at the start. */
        TRIMMED,
        /** Somebody else was faster: look again. */
        CONFLICT
    }

    private final Kind kind;

    public SourceException(Kind kind, ErrorMessage error, Throwable cause) {
        super(error, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the server has answered and said no, which does not get better by waiting. */
    boolean isRefusal() {
        return kind == Kind.REFUSED || kind == Kind.MISSING;
    }
}
