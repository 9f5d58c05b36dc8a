/**
 * The Java wrapper: a worker that runs a handler in a JVM of its own and talks to the processor as PROTOCOL.md says.
 *
 * <p>Read {@link io.nucleon.wrapper.Wrapper}, then {@code Server} and {@code Connection}. It needs the JDK, {@code io.nuclio} and the
 * error texts, and nothing else. Step 7 of an event's walk.
 */
package io.nucleon.wrapper;
