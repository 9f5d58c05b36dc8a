/**
 * Messages of RabbitMQ queues.
 *
 * <p>Read {@link io.nucleon.triggers.rabbitmq.RabbitTrigger}; {@link io.nucleon.triggers.rabbitmq.Session} is one connection from its
 * beginning to its loss, {@link io.nucleon.triggers.rabbitmq.Receipts} tells the broker what became of messages.
 */
package io.nucleon.triggers.rabbitmq;
