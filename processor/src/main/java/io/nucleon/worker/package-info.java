/**
 * Workers and who gets the next event: {@link io.nucleon.worker.WorkerPool} implements {@link io.nucleon.invoke.Invoker}.
 *
 * <p>Read {@link io.nucleon.worker.WorkerPool}, then {@code Worker} and {@code WaitingLine}. Step 3 of an event's walk is here: an idle
 * worker first, then a place in a busy worker's ring (prefetch), then the bounded line.
 */
package io.nucleon.worker;
