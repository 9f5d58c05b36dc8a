/**
 * What a Java handler sees: the interface it implements, the event it gets, the response it gives.
 *
 * <p>Read {@link io.nuclio.EventHandler}, {@link io.nuclio.Event} and {@link io.nuclio.Response} first. The types have
 * the names and members of nuclio's Java SDK 1.1.0, so that a handler written for it compiles and runs unchanged. What
 * Nucleon adds is marked "Nucleon addition": an annotation, or a default method, so that a class which implements these
 * interfaces for nuclio still compiles. Test doubles are in {@link io.nuclio.testing}.
 *
 * <p>The package needs the JDK and nothing else, and compiles for Java 17: handlers' own builds may be older than the
 * processor that runs them.
 */
package io.nuclio;
