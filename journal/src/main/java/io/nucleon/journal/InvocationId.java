package io.nucleon.journal;

/**
 * Reads the ids by which invocations are known: 26 characters of Crockford's base 32, of which the first eight are ms since 2024, the
 * next five a count of 24 bits, the rest random. Stateless.
 */
public final class InvocationId {

    private static final int LENGTH = 26;
    private static final int COUNT_AT = 8;
    private static final int RANDOM_AT = 13;
    private static final int COUNT_BITS = 24;
    private static final int DIGIT_BITS = 5;
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /** 2024-01-01T00:00:00Z. */
    private static final long EPOCH_MILLIS = 1_704_067_200_000L;

    private InvocationId() {}

    /** Whether a text is one. */
    public static boolean isOne(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            if (DIGITS.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a text can be the beginning of one, as people are shown it: at least eight characters. */
    public static boolean isBeginning(String text) {
        return text.length() >= COUNT_AT && text.length() <= LENGTH && isOne(text + "0".repeat(LENGTH - text.length()));
    }

    /** When the event with that id arrived, ms since 1970. */
    public static long millis(String id) {
        return number(id, 0, COUNT_AT) + EPOCH_MILLIS;
    }

    /** 64 bits that tell ids apart: time and count are one invoker's own, the random part is spread over all of them. */
    static long key(String id) {
        long own = (number(id, 0, COUNT_AT) << COUNT_BITS) | number(id, COUNT_AT, RANDOM_AT);
        return own ^ mix(number(id, RANDOM_AT, LENGTH - 1) ^ ((long) DIGITS.indexOf(id.charAt(LENGTH - 1)) << 59));
    }

    private static long number(String id, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = (value << DIGIT_BITS) | DIGITS.indexOf(id.charAt(i));
        }
        return value;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
