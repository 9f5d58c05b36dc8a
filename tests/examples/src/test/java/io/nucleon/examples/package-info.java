/**
 * Examples are what a newcomer copies: each of them runs, and answers as it says.
 *
 * <p>Read {@link io.nucleon.examples.Example}, what {@code example.yaml} says of one.
 */
package io.nucleon.examples;
