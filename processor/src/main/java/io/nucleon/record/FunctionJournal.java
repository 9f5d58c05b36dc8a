package io.nucleon.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.delivery.DeadLetter;
import io.nucleon.delivery.DeadLetters;
import io.nucleon.delivery.Retries;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationIds;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.journal.Entry;
import io.nucleon.journal.Journal;
import io.nucleon.journal.JournalSetting;
import io.nucleon.journal.JournalStats;
import io.nucleon.journal.RecordedAnswer;
import io.nucleon.journal.SecretValues;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one function keeps in its journal. Owned by its host, which closes it when nothing of the function runs any more. Safe for many
 * threads.
 */
public final class FunctionJournal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FunctionJournal.class);

    private final String function;
    private final Journal journal;
    private final Clock clock;
    private final InvocationIds ids;
    private final DeadLetterDesk desk = new DeadLetterDesk(this);
    private final SentEvents sent = new SentEvents(this);
    private ControlSocket control;
    private boolean closed;
    private volatile boolean listening;
    /** Whether every event is kept, failed ones too. */
    private volatile boolean recordsAll;

    private final SecretValues secrets;

    private FunctionJournal(String function, Journal journal, SecretValues secrets, Clock clock) {
        this.secrets = secrets;
        this.function = function;
        this.journal = journal;
        this.clock = clock;
        this.ids = new InvocationIds(clock);
    }

    /** Returns at once; {@link #begin} is to follow. */
    public static FunctionJournal open(String function, JournalSetting setting, Clock clock) {
        return new FunctionJournal(function, Journal.held(setting, clock::wallNanos), setting.values(), clock);
    }

    /**
     * Nobody else keeps the function's journal any more. What lies in the folder is opened in the background, and one that holds nothing when
     * it is first used; entries have waited until now.
     */
    public void begin() {
        journal.begin();
    }

    /** Where a trigger's dead letters go by default. */
    public DeadLetters deadLetters() {
        return (letter, receipt) ->
                journal.append(JournalRetries.deadLetter(idOf(letter), now(), function, letter), failure -> {
                    receipt.told(failure);
                    if (failure == null && !listening) {
                        listening = true;
                        Threads.start("journal-control-open", this::listen);
                    }
                });
    }

    /** Keeps every event with its answer, instead of the failed ones only; with secrets masked. */
    public AnswerWatcher recorder() {
        recordsAll = true;
        return (invocation, answer) -> journal.append(captured(invocation, answer), lost -> {
            // the journal has said what is wrong with it; nobody waits for this one
        });
    }

    /** What is masked wherever it stands. */
    SecretValues secrets() {
        return secrets;
    }

    boolean recordsAll() {
        return recordsAll;
    }

    /** A copy of an event and its answer. */
    Entry captured(Invocation invocation, RecordedAnswer answer) {
        return Entry.captured(invocation.id(), now(), function, EventCopy.of(invocation.event()), answer);
    }

    /**
     * Keeps a trigger's waiting events.
     *
     * @param journalsDeadLetters whether {@link #deadLetters()} is where its dead letters go
     */
    public Retries retries(boolean journalsDeadLetters) {
        return new JournalRetries(this, journalsDeadLetters);
    }

    /**
     * The asynchronous calls of a trigger, and its failed events.
     *
     * @param waitNanos how long a call waits for a worker before it is offered again
     * @param window calls that are with workers at once
     */
    public AsyncCalls calls(TriggerSource source, Invoker invoker, long waitNanos, int window) {
        return new AsyncCalls(this, source, invoker, waitNanos, window);
    }

    /** The folder for what a trigger keeps by itself, not made yet. */
    public Path stateOf(String trigger) {
        return journal.setting().folder().resolve("triggers").resolve("t-" + URLEncoder.encode(trigger, UTF_8));
    }

    /** Gives a trigger's events that an earlier processor left waiting to its deliverer. Returns at once. */
    public void resume(TriggerSource source, Deliverer deliverer) {
        desk.connect(source, deliverer);
        if (journal.isUsed()) {
            listening = true;
            Threads.start("journal-control-open", this::listen);
            Threads.start("resume-" + source.name(), new Resumption(journal, function, source, deliverer));
        }
    }

    /** Lets commands ask for dead letters, from the moment on when there can be some. */
    private synchronized void listen() {
        if (control != null || closed) {
            return;
        }
        try {
            journal.living(); // waits until the folder is ours
            control = ControlSocket.open(journal.setting().folder().resolve(ControlSocket.NAME), desk, sent);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "commands can't reach the journal in {}: {}",
                    journal.setting().folder(),
                    e.getMessage());
        }
    }

    /** What it holds now; never waits. */
    public JournalStats stats() {
        return journal.stats();
    }

    /** Where events that people send by hand enter. */
    public SentEvents sent() {
        return sent;
    }

    /**
     * Takes what commands ask on a socket, until it is closed.
     *
     * @param path in a folder that nobody but the user can enter
     * @throws IOException if it can't be made there
     */
    public ControlSocket listen(Path path) throws IOException {
        return ControlSocket.open(path, desk, sent);
    }

    private synchronized void endControl() {
        closed = true;
        if (control != null) {
            control.close();
            control = null;
        }
    }

    /** An event that waited is done, or lies where dead letters go. */
    void over(String id, boolean deadLettered) {
        desk.over(id, deadLettered);
    }

    String function() {
        return function;
    }

    Journal journal() {
        return journal;
    }

    long now() {
        return clock.wallNanos();
    }

    long nanoTime() {
        return clock.nanoTime();
    }

    String newId() {
        return ids.make(clock.nanoTime());
    }

    String idOf(DeadLetter letter) {
        return letter.id().isEmpty() ? newId() : letter.id();
    }

    @Override
    public void close() {
        endControl();
        journal.close();
    }
}
