package io.nucleon.app;

import io.nucleon.invoke.InvocationListener;
import io.nucleon.record.FunctionJournal;
import io.nucleon.runtime.FunctionLog;
import io.nucleon.runtime.Platform;
import io.nucleon.trigger.TriggerFactory;

/**
 * What a host gives to one of its functions.
 *
 * @param platform where it runs, and where it finds others
 * @param runtimes shared by all functions of the host
 * @param http makes its HTTP triggers
 * @param log where its records and prints go
 * @param listener hears of every event beside the metrics
 * @param journal its own, which it closes
 * @param events what else is done with its events
 */
record Hosting(
        Platform platform,
        Runtimes runtimes,
        TriggerFactory http,
        FunctionLog log,
        InvocationListener listener,
        FunctionJournal journal,
        EventSetting events) {}
