package io.nucleon.triggers.shards;

import java.util.Objects;

/**
 * A place in a shard, from which on it is read.
 *
 * @param text the sequence number of {@link Kind#AFTER}, milliseconds since 1970 of {@link Kind#TIME}, else empty
 */
public record Position(Kind kind, String text) {

    /** What kinds of place there are. */
    public enum Kind {
        /** The oldest record that the stream still has. */
        START,
        /** Behind the newest record, whenever it is asked for: never written down. */
        LATEST,
        /** Records that came at that time or later. */
        TIME,
        /** Behind the record with that sequence number. */
        AFTER,
        /** Every record of the shard is done, and it gets no more. */
        END
    }

    public static final Position START = new Position(Kind.START, "");
    public static final Position LATEST = new Position(Kind.LATEST, "");
    public static final Position END = new Position(Kind.END, "");

    private static final char TIME_SIGN = '@';
    private static final char AFTER_SIGN = '>';
    private static final String END_SIGN = "$";

    public Position {
        Objects.requireNonNull(kind, "kind");
    }

    public static Position after(String sequence) {
        return new Position(Kind.AFTER, sequence);
    }

    /** @param millis since 1970 */
    public static Position atTime(long millis) {
        return new Position(Kind.TIME, Long.toString(millis));
    }

    public boolean isEnd() {
        return kind == Kind.END;
    }

    /** Milliseconds since 1970, of a time. */
    public long millis() {
        return Long.parseLong(text);
    }

    /** The form in which it is kept; {@link #read} reads it. */
    public String written() {
        return switch (kind) {
            case START, LATEST -> "";
            case TIME -> TIME_SIGN + text;
            case AFTER -> AFTER_SIGN + text;
            case END -> END_SIGN;
        };
    }

    /** What was written; a text that was not is the start, so that rather too much is read than too little. */
    public static Position read(String written) {
        if (written.equals(END_SIGN)) {
            return END;
        }
        if (written.length() > 1 && written.charAt(0) == AFTER_SIGN) {
            return after(written.substring(1));
        }
        return written.matches(TIME_SIGN + "\\d{1,18}") ? new Position(Kind.TIME, written.substring(1)) : START;
    }
}
