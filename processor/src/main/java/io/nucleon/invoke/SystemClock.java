package io.nucleon.invoke;

/** The machine's clocks. The wall clock advances with the monotonic one and is set anew once a second. */
final class SystemClock implements Clock {

    static final SystemClock INSTANCE = new SystemClock();

    /** How long an offset between the clocks is believed; one second follows a stepped clock soon enough for timestamps. */
    private static final long OFFSET_VALID_NANOS = 1_000_000_000L;

    private volatile Offset offset = Offset.read();

    private record Offset(long wallMinusMono, long readAt) {
        static Offset read() {
            long mono = System.nanoTime();
            return new Offset(System.currentTimeMillis() * 1_000_000L - mono, mono);
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long wallNanosAt(long nanoTime) {
        Offset known = offset;
        if (nanoTime - known.readAt > OFFSET_VALID_NANOS) {
            known = Offset.read();
            offset = known;
        }
        return nanoTime + known.wallMinusMono;
    }
}
