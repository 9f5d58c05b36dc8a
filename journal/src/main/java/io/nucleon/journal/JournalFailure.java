package io.nucleon.journal;

import io.nucleon.error.Amounts;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import java.util.List;

/** What a journal says of itself when it can't keep an entry. */
final class JournalFailure {

    private JournalFailure() {}

    /** Its bound is reached, or the disk's. */
    static NucleonException full(JournalSetting setting, JournalStats stats) {
        return new ErrorMessage(
                        ErrorCode.JOURNAL_FULL,
                        "the journal has no room for another event",
                        setting.folder() + " takes " + Amounts.bytes(stats.bytes()) + " of "
                                + Amounts.bytes(setting.maxBytes()) + " that it may, " + stats.living()
                                + " events in it are not done; or the disk is full",
                        List.of("free space on its disk, or raise journal.maxSize", "nucleon events dead list"))
                .toException();
    }

    /** More bytes wait for the disk than may. */
    static NucleonException behind(long waitingBytes) {
        return ErrorMessage.of(
                        ErrorCode.JOURNAL_FULL,
                        "the journal has no room for another event",
                        Amounts.bytes(waitingBytes) + " wait to be written already: the disk is slower than the events",
                        "put the journal on a faster disk (journal.path)")
                .toException();
    }

    static NucleonException closed() {
        return ErrorMessage.of(ErrorCode.JOURNAL_UNUSABLE, "the journal is closed", "the processor ends", "")
                .toException();
    }

    /** Its files can't be opened or written. */
    static NucleonException broken(String what, Throwable why) {
        String reason = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
        return ErrorMessage.of(
                        ErrorCode.JOURNAL_UNUSABLE,
                        what,
                        reason,
                        why instanceof JournalLock.Taken
                                ? "end the other process, or have another journal: nucleon run from another folder,"
                                        + " journal.path of a processor"
                                : "see that the folder can be written to, or name another: journal.path")
                .toException(why);
    }
}
