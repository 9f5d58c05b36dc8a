/**
 * What is wrong with a file: problems with their place, their stable code and what to do about them.
 *
 * <p>Read {@link io.nucleon.spec.problem.Problem} first. The codes are those of
 * {@link io.nucleon.error.ErrorCode}, 1xxx. The package imports nothing of the room, so that every other package can report. It takes no part in the walk
 * of an event: everything here happens before the first one.
 */
package io.nucleon.spec.problem;
