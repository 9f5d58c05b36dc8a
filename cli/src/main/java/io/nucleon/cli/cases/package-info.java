/**
 * Test cases beside a function: files of YAML with events and what their answers must be. Read and compared here; who sends the events and
 * shows the results is {@code nucleon test}.
 *
 * <p>Read {@link io.nucleon.cli.cases.TestCase} and {@link io.nucleon.cli.cases.Expected} first. Takes no part in the walk of an event.
 */
package io.nucleon.cli.cases;
