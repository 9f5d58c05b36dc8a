package io.nuclio;

/** Where an event came from. Immutable. */
public interface TriggerInfo {

    /** Class of the trigger: {@code sync} if the caller waits for the response, {@code async} if not. */
    String getClassName();

    /** Kind of the trigger: {@code http}, {@code cron}, {@code kafka-cluster}, … */
    String getKindName();

    /**
     * Name of the trigger in the function's configuration; empty if unknown.
     *
     * <p>Nucleon addition.
     */
    default String getName() {
        return "";
    }
}
