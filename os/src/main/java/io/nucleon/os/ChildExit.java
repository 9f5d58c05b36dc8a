package io.nucleon.os;

/**
 * How a child process has ended, as wait(2) tells it. Immutable.
 *
 * @param status the wait status: the signal in its low 7 bits, else the exit code in the 8 bits above them
 */
public record ChildExit(int status) {

    private static final int SIGNAL_MASK = 0x7f;
    private static final int CODE_SHIFT = 8;
    private static final int CODE_MASK = 0xff;
    private static final int SIGNALLED = 128;

    /** Whether it ended by itself with code 0. */
    public boolean isSuccess() {
        return status == 0;
    }

    /** The signal that ended it, 0 for none. */
    public int signal() {
        return status & SIGNAL_MASK;
    }

    /** The code as {@link Process#exitValue()} gives it: 128 more than the signal if one ended it. */
    public int value() {
        return signal() != 0 ? SIGNALLED + signal() : status >> CODE_SHIFT & CODE_MASK;
    }
}
