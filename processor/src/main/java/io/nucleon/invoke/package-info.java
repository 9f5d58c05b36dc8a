/**
 * The contract in the middle: a trigger gives an {@link io.nucleon.invoke.Event} to the {@link io.nucleon.invoke.Invoker} and is
 * answered once through its {@link io.nucleon.invoke.Reply}.
 *
 * <p>Read {@link io.nucleon.invoke.Invoker}, {@link io.nucleon.invoke.Event} and {@link io.nucleon.invoke.Reply} first. Steps 2, 3 and 9
 * of an event's walk (docs/architecture.md) pass through here.
 */
package io.nucleon.invoke;
