/**
 * Runs handlers in wrapper processes, one a worker, over a {@link io.nucleon.transport.Connection}.
 *
 * <p>{@link io.nucleon.runtime.process.ProcessRuntimeFactory} is the way in. A {@code ProcessWorker} lives as long as its worker and
 * replaces its {@code Incarnation} (one wrapper process with its connection) when that ends. {@code EventEncoder} and
 * {@code FrameResponse} are steps 5 and 9 of an event's walk. A language differs from another by its {@code Wrapper} alone.
 */
package io.nucleon.runtime.process;
