package io.nucleon.record;

import io.nucleon.invoke.Invocation;
import io.nucleon.journal.RecordedAnswer;

/** Hears how each invocation of an event ended, before who waits for it. Called on the thread that replies; must not block or throw. */
public interface AnswerWatcher {

    /** It ended; its event is still lent. */
    void ended(Invocation invocation, RecordedAnswer answer);
}
