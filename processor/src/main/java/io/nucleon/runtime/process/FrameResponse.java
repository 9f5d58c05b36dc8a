package io.nucleon.runtime.process;

import io.nucleon.invoke.ResponseView;
import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.FrameView;
import java.nio.ByteBuffer;

/** A RESPONSE frame as the trigger sees it; reused, valid while the frame is. */
final class FrameResponse implements ResponseView {

    private static final int DEFAULT_STATUS = 200;

    private FrameView frame;

    FrameResponse over(FrameView response) {
        frame = response;
        return this;
    }

    @Override
    public int status() {
        return frame.code() == 0 ? DEFAULT_STATUS : frame.code();
    }

    @Override
    public boolean failed() {
        return frame.has(FrameLayout.FLAG_FAILED);
    }

    @Override
    public boolean more() {
        return frame.has(FrameLayout.FLAG_MORE);
    }

    @Override
    public boolean noAck() {
        return frame.has(FrameLayout.FLAG_NO_ACK);
    }

    @Override
    public long handlerNanos() {
        return frame.time();
    }

    @Override
    public ByteBuffer contentType() {
        return frame.contentType();
    }

    @Override
    public ByteBuffer extra() {
        return frame.extra();
    }

    @Override
    public ByteBuffer headers() {
        return frame.headers();
    }

    @Override
    public ByteBuffer body() {
        return frame.body();
    }
}
