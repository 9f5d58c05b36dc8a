/**
 * Real doubles of a handler's surroundings, to call it in a unit test with no processor.
 *
 * <p>Start with {@link io.nuclio.testing.HandlerTest} and {@link io.nuclio.testing.TestEvent}. The kit is in the same jar
 * as the API since it is a handful of classes without dependencies: one version to keep, nothing to add to a build, and
 * no test framework prescribed.
 */
package io.nuclio.testing;
