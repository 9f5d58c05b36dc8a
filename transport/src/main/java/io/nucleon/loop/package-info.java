/**
 * Event loops with a pass: what the HTTP trigger and the workers' connections share.
 *
 * <p>{@link io.nucleon.loop.EventLoops} makes the loops, {@link io.nucleon.loop.LoopPass} is the duty cycle between two looks at epoll:
 * publish what was committed, drain the rings, flush the network once, and sleep only after a second look. Steps 6, 8 and 10 of an
 * event's walk happen in it.
 */
package io.nucleon.loop;
