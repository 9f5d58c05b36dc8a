package io.nucleon.triggers.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How to read. {@code toString} shows no secret.
 *
 * @param broker for messages: the addresses
 * @param user for messages; empty for none
 * @param connection properties of any client
 * @param consumer further properties of the consumer
 * @param group whose offsets are committed
 * @param protocol how the group shares the partitions
 * @param partitions to read whatever the group's other members do; empty = what the group gives
 * @param window records of a partition that are open at once at most, at first
 * @param mostWindow the same while handlers are quick, see {@link Window}
 * @param ackWindow how many records the committed offset stays behind
 * @param handlerWait how long running events are waited for when their partition is taken away
 * @param explicitAckWait how long late acks are waited for after that
 */
record KafkaSetting(
        String broker,
        String user,
        Map<String, Object> connection,
        Map<String, Object> consumer,
        String group,
        List<String> topics,
        Protocol protocol,
        List<Integer> partitions,
        int window,
        int mostWindow,
        int ackWindow,
        Duration handlerWait,
        Duration explicitAckWait) {

    /** How a group shares its partitions. */
    enum Protocol {
        /** The broker decides (KIP-848); members give up only what they must. */
        BROKER,
        /** The members decide, with an assignor. */
        CLASSIC
    }

    KafkaSetting {
        connection = Map.copyOf(connection);
        consumer = Map.copyOf(consumer);
        topics = List.copyOf(topics);
        partitions = List.copyOf(partitions);
    }

    @Override
    public String toString() {
        return broker + " " + topics + " as " + group;
    }
}
