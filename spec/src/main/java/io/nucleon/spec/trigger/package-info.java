/**
 * A trigger's part of a function's configuration, and the typed attributes of the kind that every function has, {@code http}.
 *
 * <p>Read {@link io.nucleon.spec.trigger.Trigger} first. The attributes of the other kinds are read by their own rooms through
 * {@link io.nucleon.spec.field.Attributes}; here they are known by name only ({@link io.nucleon.spec.trigger.TriggerKind}).
 */
package io.nucleon.spec.trigger;
