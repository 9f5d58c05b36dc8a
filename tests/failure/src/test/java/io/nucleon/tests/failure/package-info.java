/**
 * Each arrow of an event's walk cut with a real process: {@link io.nucleon.tests.failure.Middle} is the middle of a processor with real
 * Python workers and replies that are counted.
 */
package io.nucleon.tests.failure;
