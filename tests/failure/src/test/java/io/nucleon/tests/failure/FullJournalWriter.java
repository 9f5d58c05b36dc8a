package io.nucleon.tests.failure;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import io.nucleon.journal.Entry;
import io.nucleon.journal.Journal;
import io.nucleon.journal.JournalSetting;
import io.nucleon.journal.RecordedAnswer;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process that fills a small journal with calls, answers most of them and begins again, until it is killed. It writes to its standard output
 * the number of each call that was kept, and before it answers one that number below zero.
 */
final class FullJournalWriter {

    private static final int CALL_BYTES = 30_000;
    private static final int ANSWER_BYTES = 60_000;

    private final Journal journal;
    private final DataOutputStream out = new DataOutputStream(System.out);

    private FullJournalWriter(Journal journal) {
        this.journal = journal;
    }

    /** Folder, number of the first call, whether to sync. */
    public static void main(String[] args) throws IOException {
        try {
            new FullJournalWriter(open(Path.of(args[0]), Boolean.parseBoolean(args[2]))).write(Long.parseLong(args[1]));
        } catch (RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(3);
        }
    }

    static Journal open(Path folder, boolean sync) {
        return Journal.open(
                new JournalSetting(folder, JournalSetting.LEAST_BYTES, Duration.ofDays(365), sync, List.of()),
                System::nanoTime);
    }

    /** Oldest first. */
    static List<Long> living(Journal journal) {
        return journal.living().stream()
                .map(one -> JournalWriter.number(one.entry().id()))
                .toList();
    }

    /** Null if it was kept. */
    static NucleonException append(Journal journal, Entry entry) {
        CompletableFuture<NucleonException> told = new CompletableFuture<>();
        journal.append(entry, told::complete);
        return told.orTimeout(60, TimeUnit.SECONDS).join();
    }

    static Entry answer(long number) {
        RecordedAnswer answer =
                new RecordedAnswer("responded", 200, "", List.of(), ByteBuffer.wrap(new byte[ANSWER_BYTES]), 0, "", "");
        return Entry.answered(JournalWriter.id(number), System.nanoTime(), "f", answer);
    }

    private void write(long first) throws IOException {
        long number = first;
        while (true) {
            while (isKept(number)) {
                tell(number++);
            }
            List<Long> living = living(journal);
            for (long call : living.subList(0, living.size() * 3 / 4)) {
                tell(-call);
                NucleonException failure = append(journal, answer(call));
                if (failure != null) {
                    throw failure;
                }
            }
        }
    }

    private boolean isKept(long number) {
        NucleonException failure = append(
                journal,
                Entry.accepted(
                        JournalWriter.id(number), System.nanoTime(), "f", JournalWriter.event(number, CALL_BYTES)));
        if (failure != null && failure.code() != ErrorCode.JOURNAL_FULL) {
            throw failure;
        }
        return failure == null;
    }

    private void tell(long number) throws IOException {
        out.writeLong(number);
        out.flush();
    }
}
