/**
 * Just enough JSON for triggers: whether a text is an object, and its members one level down.
 *
 * <p>Read {@link io.nucleon.trigger.json.JsonObject}. Triggers see JSON only when an event itself is an envelope (a cloud event) or a log
 * record is shown to a caller; everything else is bytes to them, so no parser is on the event's way.
 */
package io.nucleon.trigger.json;
