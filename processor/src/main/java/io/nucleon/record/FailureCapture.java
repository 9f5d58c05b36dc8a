package io.nucleon.record;

import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.ResponseView;
import io.nucleon.journal.RecordedAnswer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps failed events to be looked at and sent again, so many a second and no more: a function that fails every time must not wear its disk
 * out. Safe for many threads.
 */
final class FailureCapture {

    private static final int MOST_A_SECOND = 50;
    private static final int MOST_BODY = 1 << 20;

    private final FunctionJournal journal;
    /** The second that is counted, and how many were kept in it. */
    private final AtomicLong second = new AtomicLong();

    private final AtomicLong inSecond = new AtomicLong();

    FailureCapture(FunctionJournal journal) {
        this.journal = journal;
    }

    void keep(Invocation invocation, ResponseView answer, Failure failure) {
        boolean started = failure == null || failure.outcome() != Outcome.UNAVAILABLE;
        if (journal.recordsAll() || !started || invocation.event().bodyLength() > MOST_BODY || !mayKeep()) {
            return;
        }
        RecordedAnswer copy = answer == null ? AnswerCopy.of(failure) : new AnswerCopy(answer).answer();
        journal.journal().append(journal.captured(invocation, copy), lost -> {
            // the journal has said what is wrong with it; nobody waits for this one
        });
    }

    private boolean mayKeep() {
        long now = TimeUnit.NANOSECONDS.toSeconds(journal.now());
        long counted = second.get();
        if (counted != now && second.compareAndSet(counted, now)) {
            inSecond.set(0);
        }
        return inSecond.incrementAndGet() <= MOST_A_SECOND;
    }
}
