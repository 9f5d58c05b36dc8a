/**
 * Runs Java handlers in the processor: each worker has a thread of its own, or, if its handler never waits, runs on its event loop.
 *
 * <p>Read {@link io.nucleon.runtime.jvm.JvmRuntimeFactory}, then {@code JvmWorker} and {@code HandlerThread}. Steps 5 to 8 of an
 * event's walk fall away here: a slot of {@code SlotRing} carries the invocation to the worker's thread and its answer back to the loop,
 * in batches both ways.
 */
package io.nucleon.runtime.jvm;
