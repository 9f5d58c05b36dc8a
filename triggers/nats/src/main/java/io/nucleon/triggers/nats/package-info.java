/**
 * Events of NATS: subjects of the core protocol ({@code nats}) and consumers of JetStream ({@code natsjetstream}).
 *
 * <p>Read {@link io.nucleon.triggers.nats.JetStreamTrigger}; {@link io.nucleon.triggers.nats.NatsClient} keeps the connection.
 */
package io.nucleon.triggers.nats;
