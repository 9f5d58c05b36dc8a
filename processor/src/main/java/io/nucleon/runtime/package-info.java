/**
 * What executes handlers of one language: the plug-in seam of the runtimes.
 *
 * <p>Read {@link io.nucleon.runtime.RuntimeFactory}, {@link io.nucleon.runtime.FunctionRuntime} and
 * {@link io.nucleon.runtime.WorkerRuntime}. Step 4 of an event's walk enters here. {@code process} runs wrappers in other processes,
 * {@code jvm} runs Java handlers in this one.
 */
package io.nucleon.runtime;
