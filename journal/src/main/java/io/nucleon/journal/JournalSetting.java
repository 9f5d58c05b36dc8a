package io.nucleon.journal;

import io.nucleon.spec.platform.JournalConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a journal needs to know. Immutable.
 *
 * @param folder its files, all of them; made if it is not there
 * @param maxBytes that they may take; at least {@value #LEAST_BYTES}
 * @param keep how long finished events stay
 * @param sync whether an entry is on the disk before its receipt is called
 * @param secrets names of what is masked beside what always is, see {@link Secrets}
 * @param values what is masked wherever it stands
 * @param source the folder of the function whose it is, see {@link JournalSource}; empty for a function that is known by its name
 */
public record JournalSetting(
        Path folder,
        long maxBytes,
        Duration keep,
        boolean sync,
        List<String> secrets,
        SecretValues values,
        Optional<Path> source) {

    /** Eight segments of 2 MiB, less than which could not be cleaned one after the other. */
    public static final long LEAST_BYTES = 16L << 20;

    private static final int SEGMENTS = 16;
    private static final long LEAST_SEGMENT = 2L << 20;
    private static final long MOST_SEGMENT = 64L << 20;

    public JournalSetting {
        maxBytes = Math.max(maxBytes, LEAST_BYTES);
        secrets = List.copyOf(secrets);
    }

    /** No secrets are known by their value. */
    public JournalSetting(Path folder, long maxBytes, Duration keep, boolean sync, List<String> secrets) {
        this(folder, maxBytes, keep, sync, secrets, SecretValues.NONE, Optional.empty());
    }

    /** The same, where these are masked too. */
    public JournalSetting with(SecretValues known) {
        return new JournalSetting(folder, maxBytes, keep, sync, secrets, known, source);
    }

    /** The same, of the function in that folder. */
    public JournalSetting from(Path function) {
        return new JournalSetting(folder, maxBytes, keep, sync, secrets, values, Optional.of(function));
    }

    /** As platform.yaml has it; the folder is used if it names none. */
    public static JournalSetting of(JournalConfig config, Path folder) {
        return new JournalSetting(
                config.path().isEmpty() ? folder : Path.of(config.path()),
                config.maxBytes(),
                config.keep(),
                config.sync(),
                config.redact());
    }

    /**
     * When a segment is full: what is removed is a sixteenth of the whole, or 64 MiB, which is cleaned in a second.
     *
     * @param reach how far the journal can grow
     */
    long segmentBytes(long reach) {
        return Math.clamp(reach / SEGMENTS, LEAST_SEGMENT, MOST_SEGMENT);
    }
}
