package io.nucleon.app;

import io.nucleon.record.AnswerWatcher;
import io.nucleon.record.FunctionJournal;
import java.util.function.Function;

/**
 * How a host treats events beside running them.
 *
 * @param recorder what keeps every event of a function; gives null where nothing does
 * @param brokers whether triggers connect to their brokers; else they only take what is sent by hand
 */
record EventSetting(Function<FunctionJournal, AnswerWatcher> recorder, boolean brokers) {

    /** As processors do: nothing is recorded but what fails. */
    static final EventSetting USUAL = new EventSetting(journal -> null, true);
}
