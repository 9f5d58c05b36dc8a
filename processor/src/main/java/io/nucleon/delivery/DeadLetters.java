package io.nucleon.delivery;

/** Where dead letters go: the journal, a topic or queue of the broker, another function. Safe for many threads. */
public interface DeadLetters {

    /** Keeps it and tells the receipt, from any thread; returns at once. */
    void put(DeadLetter letter, Receipt receipt);

    /** Told once what became of a dead letter. */
    @FunctionalInterface
    interface Receipt {
        /** Null when it is kept; else why not. */
        void told(Throwable failure);
    }
}
