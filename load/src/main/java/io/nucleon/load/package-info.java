/**
 * The load generator: HTTP requests in a closed or an open loop, how long each took and where the time went, what the processes of the
 * other side and the generator itself took of the machine.
 *
 * <p>Read {@link io.nucleon.load.LoadPlan}, {@link io.nucleon.load.LoadGenerator} and {@link io.nucleon.load.Measurement}. Takes no part
 * in the walk of an event: it is the client. {@code nucleon bench} and {@code bench/load} both use it.
 */
package io.nucleon.load;
