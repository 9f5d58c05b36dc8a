package io.nucleon.record;

import io.nucleon.invoke.Event;
import io.nucleon.journal.RecordedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Copies events for the journal. Stateless. */
final class EventCopy {

    /** What the block of rarely set members may take, PROTOCOL.md §2. */
    private static final int MOST_EXTRA = 0xFFFF;

    private EventCopy() {}

    /** Everything of an event that a handler could see; on a thread that may read it. */
    static RecordedEvent of(Event event) {
        List<String> headers = new ArrayList<>();
        event.forEachHeader((name, value) -> {
            headers.add(name);
            headers.add(value);
        });
        ByteBuffer body = event.body();
        ByteBuffer copy = ByteBuffer.allocate(body.remaining());
        copy.put(body.duplicate()).flip();
        return new RecordedEvent(
                event.source().name(),
                event.source().kind(),
                event.source().className(),
                event.timeNanos(),
                event.method(),
                event.path(),
                event.query(),
                event.contentType(),
                event.id(),
                event.shard(),
                event.streamOffset(),
                extra(event),
                headers,
                copy,
                event.hasObjectBody());
    }

    private static List<String> extra(Event event) {
        ByteBuffer block = ByteBuffer.allocate(Math.min(MOST_EXTRA, event.headBound()));
        event.putExtra(block);
        if (block.flip().limit() == 0) {
            return List.of();
        }
        List<String> pairs = new ArrayList<>(
                List.of(StandardCharsets.UTF_8.decode(block).toString().split("\0", -1)));
        if (pairs.size() % 2 != 0) {
            pairs.removeLast();
        }
        return pairs;
    }
}
