/**
 * The few Linux calls that Java lacks, through {@code java.lang.foreign}: shared memory without a name, allocation of blocks, signals to
 * process groups.
 *
 * <p>{@link io.nucleon.os.SharedMemory} and {@link io.nucleon.os.Signals} are all that others use. {@code transport}, {@code runtime},
 * the journal and {@code platform/local} may. Nothing else names {@code java.lang.foreign}.
 */
package io.nucleon.os;
