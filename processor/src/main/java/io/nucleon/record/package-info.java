/**
 * Events of this processor in its journal, and out of it again: dead letters, retries that outlive the processor, asynchronous calls,
 * failures to be looked at.
 *
 * <p>Read {@link io.nucleon.record.EventCopy} and {@link io.nucleon.record.KeptEvent} first, which lead into the journal and out of it, then
 * {@link io.nucleon.record.AsyncCalls}. {@code app} hands these to the triggers and their deliverers.
 */
package io.nucleon.record;
