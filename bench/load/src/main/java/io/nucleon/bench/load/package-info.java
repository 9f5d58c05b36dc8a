/**
 * Load on whole processors and on the middle alone, always as CPU time per event of the whole process tree.
 *
 * <p>{@link io.nucleon.bench.load.InvokerLoad} drives the {@code Invoker} without HTTP, {@link io.nucleon.bench.load.OpenLoop} any HTTP
 * server at a fixed rate, by the generator of {@code nucleon bench}; {@link io.nucleon.bench.load.NettyHello} is what the processor is compared with. {@code bench/load/run} runs
 * them all and writes {@code bench/REPORT.md}.
 */
package io.nucleon.bench.load;
