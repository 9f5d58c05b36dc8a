/**
 * The processor's entry point and wiring; the only room that sees all the others.
 *
 * <p>Read {@link io.nucleon.app.Main}, then {@code Host} (loops, admin servers, functions) and {@code HostedFunction} (one function's
 * runtime, pools and triggers with one life cycle). {@code Plan} is what a function's files and the command line come to.
 */
package io.nucleon.app;
