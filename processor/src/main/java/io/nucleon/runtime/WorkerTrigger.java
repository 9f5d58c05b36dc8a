package io.nucleon.runtime;

/**
 * The trigger that a worker works for, as nuclio's contexts name it. Immutable.
 *
 * @param kind empty when the worker's pool has a name of its own, which triggers may share
 * @param name then the pool's
 */
public record WorkerTrigger(String kind, String name) {}
