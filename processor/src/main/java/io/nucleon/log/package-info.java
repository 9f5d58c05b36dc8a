/**
 * Log records and what user code prints, on their way to the sinks: the logging API's provider, nuclio's two encodings, and writers that
 * never make an event loop wait.
 *
 * <p>Read {@link io.nucleon.log.Logs} (what {@code app} sets up), {@link io.nucleon.log.LogEvent} and {@link io.nucleon.log.LineSink}.
 * Other rooms name only the logging API (SLF4J), with {@code addKeyValue} for fields; handlers' records come in through
 * {@link io.nucleon.runtime.FunctionLog}.
 */
package io.nucleon.log;
