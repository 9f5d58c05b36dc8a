package io.nucleon.app;

import io.nucleon.command.RunOptions;
import io.nucleon.record.AnswerWatcher;
import io.nucleon.record.FileRecorder;
import io.nucleon.record.FunctionJournal;
import io.nucleon.spec.platform.JournalConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code run --record} asks for: nothing, every event into its function's journal, or all of them into one file. Made before the
 * functions, closed after them.
 *
 * @param file null unless it is a file
 */
record Recording(boolean inJournal, FileRecorder file, List<String> redact) implements AutoCloseable {

    /** The word that stands for the journal. */
    private static final String JOURNAL = "journal";

    /** @throws io.nucleon.error.NucleonException NUC-8006 if the file can't be written */
    static Recording of(RunOptions options) {
        boolean journal = options.record().equals(JOURNAL);
        FileRecorder file = journal || options.record().isEmpty()
                ? null
                : FileRecorder.open(Path.of(options.record()), options.redact());
        return new Recording(journal, file, options.redact());
    }

    /** Null for nothing. */
    AnswerWatcher recorder(FunctionJournal journal) {
        if (file != null) {
            return file.of(journal);
        }
        return inJournal ? journal.recorder() : null;
    }

    /** The journal's setting, with what is to be masked in it. */
    JournalConfig journal() {
        JournalConfig usual = JournalConfig.DEFAULT;
        return new JournalConfig(usual.path(), usual.maxBytes(), usual.keep(), usual.sync(), redact);
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
