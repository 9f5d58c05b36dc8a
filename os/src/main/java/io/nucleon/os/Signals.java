package io.nucleon.os;

/** Signals to process groups, which Java can't send. Safe for many threads. */
public final class Signals {

    public static final int KILL = 9;
    public static final int USR1 = 10;
    public static final int TERM = 15;
    public static final int CONT = 18;
    public static final int STOP = 19;

    private static final String[] NAMES = {
        "", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1",
        "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM"
    };

    private Signals() {}

    /**
     * Signals a group whose leader has that pid; a group that is gone already is no error.
     *
     * @return whether there was such a group
     */
    public static boolean toGroup(long leaderPid, int signal) {
        if (leaderPid <= 1) {
            throw new IllegalArgumentException("pid " + leaderPid + " leads no group of ours");
        }
        int result = LinuxCalls.kill(Math.toIntExact(-leaderPid), signal);
        return result != -LinuxCalls.ESRCH;
    }

    /** Signals one process; false if it is gone. */
    public static boolean toProcess(long pid, int signal) {
        if (pid <= 1) {
            throw new IllegalArgumentException("pid " + pid + " is not ours");
        }
        return LinuxCalls.kill(Math.toIntExact(pid), signal) != -LinuxCalls.ESRCH;
    }

    /** Text for an exit status as {@link Process#exitValue()} gives it: {@code SIGSEGV}, {@code exit 3}. */
    public static String describeExit(int exitValue) {
        int signal = exitValue - 128;
        if (signal > 0 && signal < NAMES.length) {
            return NAMES[signal];
        }
        return "exit " + exitValue;
    }
}
