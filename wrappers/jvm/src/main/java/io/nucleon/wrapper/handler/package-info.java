/**
 * What is done with a Java handler wherever it runs: compile or open its code, load it apart from Nucleon's own classes, call it, and
 * reduce its answer to bytes.
 *
 * <p>Read {@link io.nucleon.wrapper.handler.HandlerLoader}, {@link io.nucleon.wrapper.handler.LoadedHandler} and
 * {@link io.nucleon.wrapper.handler.Answer}. Step 7 of an event's walk; used by the wrapper of this module and by the processor's
 * in-process runtime.
 */
package io.nucleon.wrapper.handler;
