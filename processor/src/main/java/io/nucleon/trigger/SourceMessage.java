package io.nucleon.trigger;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a source other than HTTP says of an event, decoded. Immutable once it is in a {@link SourceEvent}; texts that the source does not
 * have are empty.
 *
 * @param timeNanos when it was made or read, ns since 1970
 * @param shard -1 for none
 * @param headers name, value, name, value; as the source spells them
 * @param body not copied
 */
public record SourceMessage(
        long timeNanos,
        String id,
        String method,
        String path,
        String contentType,
        String url,
        String topic,
        int shard,
        long streamOffset,
        List<String> headers,
        ByteBuffer body) {

    /** Characters; three bytes each at most, where a frame has room for 65,535. */
    private static final int MOST_TEXT = 0xFFFF / 3;

    public SourceMessage {
        headers = List.copyOf(headers);
    }

    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    public static Builder at(long timeNanos) {
        return new Builder(timeNanos);
    }

    /** Collects the parts that a source has. */
    public static final class Builder {
        private final long timeNanos;
        /** Most events have none. */
        private List<String> headers = List.of();

        private String id = "";
        private String method = "";
        private String path = "";
        private String contentType = "";
        private String url = "";
        private String topic = "";
        private int shard = -1;
        private long streamOffset;
        private ByteBuffer body = NO_BODY;

        private Builder(long timeNanos) {
            this.timeNanos = timeNanos;
        }

        public Builder id(String text) {
            id = bounded(text);
            return this;
        }

        public Builder method(String text) {
            method = bounded(text);
            return this;
        }

        public Builder path(String text) {
            path = bounded(text);
            return this;
        }

        public Builder contentType(String text) {
            contentType = bounded(text);
            return this;
        }

        public Builder url(String text) {
            url = bounded(text);
            return this;
        }

        public Builder topic(String text) {
            topic = bounded(text);
            return this;
        }

        public Builder position(int ofShard, long offset) {
            shard = ofShard;
            streamOffset = offset;
            return this;
        }

        /** A header; one whose name or value can't be carried (a NUL, or far too long) is left out. */
        public Builder header(String name, String value) {
            if (isCarried(name) && isCarried(value) && !name.isEmpty()) {
                if (headers.isEmpty()) {
                    headers = new ArrayList<>();
                }
                headers.add(name);
                headers.add(value);
            }
            return this;
        }

        public Builder body(byte[] bytes) {
            body = ByteBuffer.wrap(bytes);
            return this;
        }

        public Builder body(ByteBuffer bytes) {
            body = bytes;
            return this;
        }

        public SourceMessage build() {
            return new SourceMessage(
                    timeNanos, id, method, path, contentType, url, topic, shard, streamOffset, headers, body);
        }

        /** A text that can't be carried is as good as none. */
        private static String bounded(String text) {
            return isCarried(text) ? text : "";
        }

        private static boolean isCarried(String text) {
            return text != null && text.length() <= MOST_TEXT && text.indexOf('\0') < 0;
        }
    }
}
