package io.nucleon.invoke;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers the invocations of one invoker and spells their ids: 26 characters of Crockford's base 32 that sort by arrival. Safe for many
 * threads.
 *
 * <pre>
 * characters 0–7    40 bits  ms since 2024 (until 2058)
 *            8–12   25 bits  count within the invoker, of which 24 are used
 *           13–25   65 bits  random, one for the invoker
 * </pre>
 *
 * <p>An event is given a number, two reads and one addition; its text is made when somebody asks for it. Unlike a ULID, whose first eight
 * characters are a second, the first eight of these are a millisecond: what is shown shortened still tells one event from the next.
 */
public final class InvocationIds {

    /** Characters of an id. */
    public static final int LENGTH = 26;

    /** Characters of an id where a person reads it. */
    public static final int SHORT_LENGTH = 8;

    /** 2024-01-01T00:00:00Z. */
    private static final long EPOCH_MILLIS = 1_704_067_200_000L;

    private static final int COUNT_BITS = 24;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final int COUNT_AT = SHORT_LENGTH;
    private static final int RANDOM_AT = 13;
    private static final byte[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGIT_BITS = 5;
    private static final int DIGIT_MASK = 31;

    private final Clock clock;
    private final byte[] random = new byte[LENGTH - RANDOM_AT];
    private final AtomicLong made = new AtomicLong();

    /** Ids that no other invoker makes. */
    public InvocationIds(Clock clock) {
        this.clock = clock;
        SecureRandom source = new SecureRandom();
        for (int i = 0; i < random.length; i++) {
            random[i] = DIGITS[source.nextInt(DIGITS.length)];
        }
    }

    /** The first number of so many invocations that arrive at that {@link Clock#nanoTime()}; each of the others is one more. */
    long next(long arrivedNanos, int invocations) {
        long millis = clock.wallNanosAt(arrivedNanos) / 1_000_000 - EPOCH_MILLIS;
        return (millis << COUNT_BITS) | (made.getAndAdd(invocations) & COUNT_MASK);
    }

    /** The id of an event that is kept before it is invoked, as text. */
    public String make(long arrivedNanos) {
        byte[] text = new byte[LENGTH];
        put(next(arrivedNanos, 1), text, 0);
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** How many numbers were given. */
    public long made() {
        return made.get();
    }

    /** Writes the text of a number's id. */
    void put(long number, byte[] target, int at) {
        put(number >>> COUNT_BITS, target, at, COUNT_AT);
        put(number & COUNT_MASK, target, at + COUNT_AT, RANDOM_AT - COUNT_AT);
        System.arraycopy(random, 0, target, at + RANDOM_AT, random.length);
    }

    private static void put(long value, byte[] target, int at, int digits) {
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            target[i] = DIGITS[(int) rest & DIGIT_MASK];
            rest >>>= DIGIT_BITS;
        }
    }
}
