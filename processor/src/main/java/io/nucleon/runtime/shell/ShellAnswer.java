package io.nucleon.runtime.shell;

import io.nucleon.invoke.ResponseView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a process answered, as the trigger sees it; reused by its worker, valid while the reply runs. Confined to the loop. */
final class ShellAnswer implements ResponseView {

    static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final byte[] headers;
    private int status;
    private boolean failed;
    private boolean more;
    private long handlerNanos;
    private ByteBuffer contentType = EMPTY;
    private ByteBuffer extra = EMPTY;
    private ByteBuffer body = EMPTY;

    /** @param headers pairs block that all answers have */
    ShellAnswer(String headers) {
        this.headers = headers.getBytes(StandardCharsets.UTF_8);
    }

    ShellAnswer of(int newStatus, ByteBuffer newBody, long tookNanos) {
        status = newStatus;
        body = newBody;
        handlerNanos = tookNanos;
        failed = false;
        more = false;
        contentType = EMPTY;
        extra = EMPTY;
        return this;
    }

    /** The handler failed; {@code why} is its pairs block. */
    ShellAnswer failed(String why) {
        failed = true;
        extra = ByteBuffer.wrap(why.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** The rest of the body follows. */
    ShellAnswer withMore() {
        more = true;
        return this;
    }

    ShellAnswer withType(String type) {
        contentType = type.isEmpty() ? EMPTY : ByteBuffer.wrap(type.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public boolean failed() {
        return failed;
    }

    @Override
    public boolean more() {
        return more;
    }

    @Override
    public boolean noAck() {
        return false;
    }

    @Override
    public long handlerNanos() {
        return handlerNanos;
    }

    @Override
    public ByteBuffer contentType() {
        return contentType.duplicate();
    }

    @Override
    public ByteBuffer extra() {
        return extra.duplicate();
    }

    @Override
    public ByteBuffer headers() {
        return ByteBuffer.wrap(headers);
    }

    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }
}
