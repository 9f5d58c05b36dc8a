/**
 * What {@code nucleon bench} makes of its runs: figures, their spread, comparison with an earlier bench, conditions that must hold, the
 * pages of a matrix. Nothing here touches the network or the terminal.
 *
 * <p>Read {@link io.nucleon.cli.bench.Figures}, {@link io.nucleon.cli.bench.BenchResult} and {@link io.nucleon.cli.bench.Comparison}
 * first. Takes no part in the walk of an event.
 */
package io.nucleon.cli.bench;
