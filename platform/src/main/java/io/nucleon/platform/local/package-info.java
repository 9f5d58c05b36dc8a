/**
 * Functions as processes of this machine, each a {@code nucleon run} of its own, started and watched by one daemon a user.
 *
 * <p>Read {@link io.nucleon.platform.local.LocalPlatform}, the side of commands, then {@link io.nucleon.platform.local.Daemon} and
 * {@link io.nucleon.platform.local.SupervisedFunction}. The daemon makes a function's listening socket and lends it to the processes of
 * all its versions; so connections wait where they would be refused, and no request is lost when one version takes over from another.
 */
package io.nucleon.platform.local;
