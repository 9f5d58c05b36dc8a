package io.nucleon.spec.platform;

import io.nucleon.spec.field.Fields;
import java.time.Duration;
import java.util.List;

/**
 * The journal of asynchronous calls, dead letters and failures. A Nucleon key.
 *
 * @param path its folder; empty = the room that opens it chooses
 * @param maxBytes from {@code maxSize}
 * @param keep how long finished events stay
 * @param sync true = every record is on the disk before its event counts as taken
 * @param redact names of headers, fields and members of bodies whose values are masked in what is kept, beside Authorization and cookies
 */
public record JournalConfig(String path, long maxBytes, Duration keep, boolean sync, List<String> redact) {
    /** A day of failures is what a morning's look needs; 20 GiB is a tenth of a small machine's disk. */
    public static final JournalConfig DEFAULT = new JournalConfig("", 20L << 30, Duration.ofDays(1), false, List.of());

    static JournalConfig read(Fields journal) {
        var read = new JournalConfig(
                journal.text("path", ""),
                journal.size("maxSize", DEFAULT.maxBytes),
                journal.duration("keep", DEFAULT.keep),
                journal.bool("sync", false),
                journal.texts("redact"));
        journal.done();
        return read;
    }
}
