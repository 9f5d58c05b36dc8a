/**
 * Load on whole processors and on the middle alone, always as CPU time per event of the whole process tree (design §10).
 *
 * <p>{@link io.nucleon.bench.load.InvokerLoad} drives the {@code Invoker} without HTTP; {@link io.nucleon.bench.load.TreeCpu} measures.
 */
package io.nucleon.bench.load;
