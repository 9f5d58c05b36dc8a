/**
 * What an event of Kafka costs.
 *
 * <p>{@link io.nucleon.bench.kafka.KafkaLoad} measures, {@link io.nucleon.bench.kafka.BareLoop} is what it is compared with.
 */
package io.nucleon.bench.kafka;
