package io.nucleon.kit;

import io.nucleon.error.ErrorCode;

/** A rule that is not kept: what was sent, what came. Ends the check of that rule. */
final class Failed extends Exception {

    private static final long serialVersionUID = 1L;

    private final String sent;

    Failed(String sent, String came) {
        super(came, null, false, false);
        this.sent = sent;
    }

    ErrorCode code() {
        return ErrorCode.PROTOCOL_VIOLATION;
    }

    String sent() {
        return sent;
    }

    String came() {
        return getMessage();
    }

    /** Throws it unless the condition holds. */
    static void unless(boolean holds, String sent, String came) throws Failed {
        if (!holds) {
            throw new Failed(sent, came);
        }
    }
}
