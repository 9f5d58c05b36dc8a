/**
 * Frames on a Unix socket: {@link io.nucleon.transport.unix.UnixConnection}, for workers that can't share memory and as the reference in
 * tests. Batches both ways: one write a pass, and every whole frame of a read is handed over.
 */
package io.nucleon.transport.unix;
