package io.nucleon.trigger.http;

import io.nucleon.error.ErrorCode;

/** A handler's answer says what HTTP can't; the caller gets NUC-5003 instead. */
final class InvalidAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without a trace: it tells of the handler's answer, not of a place in here. */
    InvalidAnswerException(String why) {
        super(why, null, false, false);
    }

    ErrorCode code() {
        return ErrorCode.ANSWER_INVALID;
    }
}
