/**
 * JavaScript and Python in the processor, on GraalVM: runtimes {@code graaljs} and {@code graalpy}.
 *
 * <p>A plug-in: its jars are loaded when a function asks for one of the two. Read {@link io.nucleon.polyglot.PolyglotRuntimeFactory}, then
 * {@code GuestWorker} and {@code Port}. A worker's other end is a thread here (or the main thread of a JVM of its own) that holds a
 * context; the wrappers of Node.js and Python run in it unchanged, but for their connection, which is a {@code Port}.
 */
package io.nucleon.polyglot;
