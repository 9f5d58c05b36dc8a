package io.nucleon.wrapper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.wrapper.handler.HandlerEvent;
import io.nucleon.wrapper.handler.HandlerTrigger;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An event of a handler in a process of its own: a face on a frame, valid until the handler returns. */
final class WireEvent extends HandlerEvent {

    private final Hello hello;
    private Frame frame;
    private String path;
    private String query;
    private Map<String, Object> extra;

    WireEvent(Frame frame, Hello hello) {
        this.frame = frame;
        this.hello = hello;
    }

    /** The handler has returned. */
    void revoke() {
        frame = null;
    }

    private Frame lent() {
        Frame now = frame;
        if (now == null) {
            throw new IllegalStateException(
                    "the event was read after its handler had returned; take what you need before");
        }
        return now;
    }

    @Override
    protected String givenId() {
        return new String(lent().id(), UTF_8);
    }

    @Override
    protected HandlerTrigger trigger() {
        List<HandlerTrigger> triggers = hello.triggers();
        int index = lent().code() >> 8;
        return index < triggers.size() ? triggers.get(index) : new HandlerTrigger("", "", "");
    }

    @Override
    protected long timeNanos() {
        return lent().time();
    }

    @Override
    protected String query() {
        readPath();
        return query;
    }

    @Override
    protected String extra(String name) {
        if (extra == null) {
            extra = pairs(lent().extra());
        }
        return (String) extra.getOrDefault(name, "");
    }

    @Override
    protected byte[] copyBody() {
        return lent().body();
    }

    @Override
    protected ByteBuffer bodyInPlace() {
        return hello.bodyView() ? lent().bodyView() : null;
    }

    @Override
    protected Map<String, Object> readHeaders() {
        return pairs(lent().headers());
    }

    @Override
    public String getContentType() {
        return new String(lent().contentType(), UTF_8);
    }

    @Override
    public String getPath() {
        readPath();
        return path;
    }

    private void readPath() {
        if (path == null) {
            String both = new String(lent().path(), UTF_8);
            int end = both.indexOf('\0');
            path = end < 0 ? both : both.substring(0, end);
            query = end < 0 ? "" : both.substring(end + 1);
        }
    }

    @Override
    public String getMethod() {
        int index = lent().code() & 0xFF;
        return index < hello.methods().size() && index != Layout.METHOD_IN_EXTRA
                ? hello.methods().get(index)
                : extra("method");
    }

    @Override
    public long getShardID() {
        return lent().shard();
    }

    @Override
    public long getOffset() {
        return lent().streamOffset();
    }

    /** A pairs block as a map; the last of a name wins. */
    private static Map<String, Object> pairs(byte[] block) {
        Map<String, Object> pairs = new LinkedHashMap<>();
        int at = 0;
        while (at < block.length) {
            int nameEnd = endOfPart(block, at);
            int valueEnd = endOfPart(block, Math.min(nameEnd + 1, block.length));
            int valueFrom = Math.min(nameEnd + 1, block.length);
            pairs.put(
                    new String(block, at, nameEnd - at, UTF_8),
                    new String(block, valueFrom, valueEnd - valueFrom, UTF_8));
            at = valueEnd + 1;
        }
        return pairs;
    }

    private static int endOfPart(byte[] block, int from) {
        int at = from;
        while (at < block.length && block[at] != 0) {
            at++;
        }
        return at;
    }
}
