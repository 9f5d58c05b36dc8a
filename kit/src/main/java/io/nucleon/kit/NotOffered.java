package io.nucleon.kit;

import io.nucleon.error.ErrorCode;

/** A part of the protocol that a wrapper may leave out, and this one does. Ends the check of that rule. */
final class NotOffered extends Exception {

    private static final long serialVersionUID = 1L;

    NotOffered(String why) {
        super(why, null, false, false);
    }

    ErrorCode code() {
        return ErrorCode.PROTOCOL_VIOLATION;
    }
}
