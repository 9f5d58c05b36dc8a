/**
 * Records of Kafka topics ({@code kafka-cluster}, {@code kafka}) and of Azure Event Hubs through their Kafka endpoint ({@code eventhub}).
 *
 * <p>Read {@link io.nucleon.triggers.kafka.KafkaTrigger}, then {@link io.nucleon.triggers.kafka.Reader}, which is the one thread that
 * touches the consumer; {@link io.nucleon.triggers.kafka.Partition} knows how far a partition is done.
 */
package io.nucleon.triggers.kafka;
