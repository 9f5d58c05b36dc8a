package io.nucleon.delivery;

/** Where dead letters go: the journal, a topic or queue of the broker, another function. Safe for many threads. */
public interface DeadLetters {

    /** Keeps it and tells the receipt, from any thread; returns at once. */
    void put(DeadLetter letter, Receipt receipt);

    /** Where that is, for people: "it is in topic 'orders-dead'"; empty for the journal. */
    default String place() {
        return "";
    }

    /** Told once what became of a dead letter. */
    @FunctionalInterface
    interface Receipt {
        /** Null when it is kept; else why not. */
        void told(Throwable failure);
    }
}
