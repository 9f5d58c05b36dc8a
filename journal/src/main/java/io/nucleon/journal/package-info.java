/**
 * Durable records of events and of what became of them: dead letters, asynchronous calls, retries that must outlive the process,
 * failures. On Chronicle Queue, one queue for each segment.
 *
 * <p>Read {@link io.nucleon.journal.Journal} and {@link io.nucleon.journal.Entry} first, then {@code Store}, which says how room is made.
 * The processor writes; commands of the same machine read through {@link io.nucleon.journal.JournalReader}.
 */
package io.nucleon.journal;
