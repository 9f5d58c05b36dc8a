/**
 * Frames between the processor and one worker: {@link io.nucleon.transport.Connection} and what both its kinds share. Knows bytes, not
 * functions or HTTP.
 *
 * <p>Read {@link io.nucleon.transport.Connection} first, then {@link io.nucleon.transport.FrameLayout} beside
 * {@code wrappers/protocol/PROTOCOL.md}, which is the normative text. Steps 5, 6 and 8 of an event's walk are here; {@code shm} carries
 * frames in rings of shared memory, {@code unix} on a socket.
 */
package io.nucleon.transport;
