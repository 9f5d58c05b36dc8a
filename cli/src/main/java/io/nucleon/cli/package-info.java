/**
 * The command {@code nucleon}, but for the verbs that serve functions: those are the processor's own entry. Each verb is a thin shell
 * over what other rooms know.
 *
 * <p>Read {@link io.nucleon.cli.Cli} first, then {@link io.nucleon.cli.InvokeVerb}. Takes no part in the walk of an event. These
 * processes live for a moment: no logging, no HTTP or JSON library, and regular expressions only off the common path.
 */
package io.nucleon.cli;
