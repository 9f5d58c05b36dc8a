package io.nucleon.log;

/** Takes lines for standard output or error. Safe for many threads; never blocks. */
@FunctionalInterface
public interface LineSink {

    /**
     * Gives a line.
     *
     * @param text without its line end, written as it is
     * @return false if it was dropped, since the output is slower than what is written; it is counted
     */
    boolean line(String text);
}
