package io.nuclio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a handler never waits: not for a lock, a file, the network or another thread.
 *
 * <p>Such a handler is called on the event loop that received its event, which saves the hand-over to a worker's thread.
 * While it runs, nothing else of that loop does; a handler that takes longer than 10 ms again and again is moved to
 * worker threads for good, with a warning. Still one instance a worker and one event at a time. The mark is not inherited, since a subclass
 * may wait where its parent does not.
 *
 * <p>Nucleon addition.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NonBlocking {}
