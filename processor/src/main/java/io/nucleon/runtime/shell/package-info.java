/**
 * Runs shell functions: programs and scripts that know nothing of Nucleon. A process for each event, as nuclio has it, or one that answers
 * event after event ({@code mode: resident}). There is no connection: an event goes to standard input, its answer comes from standard
 * output.
 *
 * <p>Read {@link io.nucleon.runtime.shell.ShellRuntimeFactory} first, then {@code SpawningWorker} and {@code Call} for the one way,
 * {@code ResidentWorker} and {@code Resident} for the other. {@code Child} is a process as both see it: descriptors that the worker's event
 * loop watches, started on a {@code Launcher}'s thread. {@code Guard} sees to it that nothing outlives the processor. Steps 4 to 9 of an
 * event's walk happen in here.
 */
package io.nucleon.runtime.shell;
