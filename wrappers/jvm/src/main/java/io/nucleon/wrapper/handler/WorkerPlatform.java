package io.nucleon.wrapper.handler;

import io.nuclio.FunctionCall;
import io.nuclio.Platform;
import io.nuclio.Response;
import java.util.Objects;

/**
 * The platform as the handlers of one worker get it: the function's, and a way to ack. Safe for many threads.
 *
 * @param function shared by the workers of the function
 */
public record WorkerPlatform(Platform function, Acks acks) implements Platform {

    /** Takes acks; safe for many threads. */
    @FunctionalInterface
    public interface Acks {
        /** The event at that place is done. */
        void acked(String topic, int partition, long offset);
    }

    @Override
    public String getKind() {
        return function.getKind();
    }

    @Override
    public String getNamespace() {
        return function.getNamespace();
    }

    @Override
    public Response callFunction(String functionName, FunctionCall call) {
        return function.callFunction(functionName, call);
    }

    @Override
    public void explicitAck(String topic, int partition, long offset) {
        acks.acked(Objects.requireNonNull(topic, "topic"), partition, offset);
    }
}
