package io.nucleon.cli;

import java.io.IOException;

/** Takes an answer as it arrives. Called by the thread that makes the call: first the head, then the body in pieces. */
interface AnswerSink {
    /** Status and headers are there. */
    void head(AnswerHead head) throws IOException;

    /** A piece of the body; the bytes are valid during the call. */
    void body(byte[] bytes, int offset, int length) throws IOException;
}
