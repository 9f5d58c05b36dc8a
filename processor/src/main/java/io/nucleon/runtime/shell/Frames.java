package io.nucleon.runtime.shell;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.Event;

/** How a resident process is told one event from the next, and how its answers are told apart. Confined to the loop. */
interface Frames {

    /** Why an event can't be written in this form, and what to do then; null if it can. */
    Refusal refusal(Event event);

    /** What stands before the body. */
    byte[] before(Event event);

    /** How much of the body is written. */
    int bodyLength(Event event);

    /** What stands behind the body. */
    byte[] behind();

    /**
     * Finds the answer at the start of what was read.
     *
     * @param from where unread bytes begin
     * @param to where they end
     * @return null if it is not all there yet
     * @throws BrokenFrameException if it never will be
     */
    Found find(byte[] bytes, int from, int to) throws BrokenFrameException;

    /**
     * An answer among the bytes that were read.
     *
     * @param bodyAt where its body begins
     * @param end where the next answer begins
     * @param status 200 if it says none
     * @param contentType empty if it says none
     */
    record Found(int bodyAt, int bodyLength, int end, int status, String contentType) {}

    /** Why, and what to do. */
    record Refusal(String why, String fix) {}

    /** What a process wrote is no answer. */
    final class BrokenFrameException extends Exception {

        private static final long serialVersionUID = 1;

        BrokenFrameException(String why) {
            super(why, null, false, false);
        }

        ErrorCode code() {
            return ErrorCode.PROTOCOL_VIOLATION;
        }
    }
}
