/**
 * Sources of events: the plug-in seam of the triggers.
 *
 * <p>Read {@link io.nucleon.trigger.Trigger} and {@link io.nucleon.trigger.TriggerFactory}. Step 1 of an event's walk is in here;
 * {@code http} is built in.
 */
package io.nucleon.trigger;
