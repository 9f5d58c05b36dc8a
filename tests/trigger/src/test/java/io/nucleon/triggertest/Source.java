package io.nucleon.triggertest;

import io.nucleon.support.broker.BrokerProcess;
import java.nio.file.Path;
import java.time.Duration;

/** A broker with one topic or queue for the test that has it. Used by one thread. */
interface Source extends AutoCloseable {

    /** The trigger on it, as YAML from column 1 on. */
    String trigger();

    /** Where processors of a function keep their state, for sources of which they keep how far they are. */
    default void keptIn(Path state, Path function) {}

    /** The same for processors that share the messages, where that is asked for in another way. */
    default String sharedTrigger() {
        return trigger();
    }

    /** Where its dead letters go: {@code topic:NAME}, {@code queue:NAME} or {@code journal}. */
    String deadLetters();

    /** How many are there, if it is a place of the broker. */
    default long deadLetterCount() throws Exception {
        throw new UnsupportedOperationException(deadLetters());
    }

    /** How many parts of it keep their own order. */
    int partitions();

    /** Whether two processors work on it at once; if not, one waits for the other to go. */
    default boolean isShared() {
        return true;
    }

    /** Whether one event waits for the tries of the one before it. */
    default boolean keepsOrder() {
        return true;
    }

    /** Puts a message there; returns when the broker has it for good. */
    void send(int partition, String body) throws Exception;

    /** Messages that are not done as far as the broker knows, those that processors have in hand included. */
    long left() throws Exception;

    /** Messages of a partition that a killed processor does again at most. */
    int mostAgain();

    /** How long the broker keeps what a killed processor had in hand. */
    default Duration patience() {
        return Duration.ofSeconds(20);
    }

    /** Its broker's process. */
    BrokerProcess broker();

    /** Ends the broker as a crash would. */
    default void killBroker() {
        broker().kill();
    }

    /** Starts it again, with its data. */
    default void startBroker() throws Exception {
        broker().start();
    }

    /** Cuts it off, connections open and silent, or puts it back. */
    default void freezeBroker(boolean frozen) throws Exception {
        broker().freeze(frozen);
    }

    @Override
    void close();
}
