package io.nucleon.invoke;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Takes events whose callers don't wait for an answer, and keeps failed ones to be looked at. Safe for many threads; no call blocks.
 */
public interface EventKeeper {

    /** Keeps nothing, and refuses what should be kept. */
    EventKeeper NONE = new EventKeeper() {
        @Override
        public void accept(Event event, Acceptance acceptance) {
            acceptance.refused(ErrorMessage.of(
                    ErrorCode.JOURNAL_UNUSABLE, "asynchronous calls are not taken here", "there is no journal", ""));
        }

        @Override
        public void look(String id, Consumer<Call> told) {
            told.accept(Call.UNKNOWN);
        }

        @Override
        public void failed(Invocation invocation, ResponseView answer, Failure failure) {
            // nobody will look
        }
    };

    /** Takes an event that will be run when a worker is free, even by a later processor. Copies it before it returns. */
    void accept(Event event, Acceptance acceptance);

    /** Tells what became of an event that was accepted; from any thread. */
    void look(String id, Consumer<Call> told);

    /**
     * Keeps a copy of an event whose handler raised, or that got no answer.
     *
     * @param answer null if there was none
     * @param failure null if there was an answer
     */
    void failed(Invocation invocation, ResponseView answer, Failure failure);

    /** Told once whether an event was taken; from any thread. */
    interface Acceptance {
        /** It is kept, under that id. */
        void accepted(String id);

        /** It is not: NUC-3020 or NUC-3022. */
        void refused(ErrorMessage why);
    }

    /** How far an accepted event is. */
    enum State {
        UNKNOWN,
        ACCEPTED,
        RUNNING,
        ANSWERED
    }

    /**
     * An accepted event.
     *
     * @param status and what follows: of its answer, once there is one
     * @param headers a pairs block
     * @param code why there is no answer of its handler's; empty if there is
     */
    record Call(State state, int status, String contentType, ByteBuffer headers, ByteBuffer body, String code) {

        /** Nobody knows of it. */
        public static final Call UNKNOWN = open(State.UNKNOWN);

        /** One that has no answer yet. */
        public static Call open(State state) {
            return new Call(state, 0, "", ByteBuffer.allocate(0), ByteBuffer.allocate(0), "");
        }
    }
}
