/**
 * Frames in shared memory: a {@link io.nucleon.transport.shm.Segment} holds two rings and two arenas, a byte on the Unix socket beside it
 * wakes a sleeping peer.
 *
 * <p>{@link io.nucleon.transport.shm.SegmentLayout} and {@link io.nucleon.transport.shm.RingLayout} say where everything lies and who
 * writes it; {@link io.nucleon.transport.shm.RingWriter} and {@link io.nucleon.transport.shm.RingReader} are the two ends;
 * {@link io.nucleon.transport.shm.ShmConnection} joins them. Chronicle Bytes is named nowhere else.
 */
package io.nucleon.transport.shm;
