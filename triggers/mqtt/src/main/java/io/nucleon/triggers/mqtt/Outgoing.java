package io.nucleon.triggers.mqtt;

import io.netty.channel.Channel;
import io.nucleon.invoke.Event;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a connection publishes: dead letters. Not more at once than the broker takes. Belongs to the connection's loop. */
final class Outgoing {

    /** Those below are for subscribing. */
    private static final int FIRST_NUMBER = 16;

    private static final int LAST_NUMBER = 65_535;
    /** What a broker takes that does not say; some of 3.1.1 take no more than 20. */
    private static final int MOST_AT_ONCE = 16;

    private final MqttSetting setting;
    private final ArrayDeque<Letter> waiting = new ArrayDeque<>();
    private final Map<Integer, Letter> sent = new HashMap<>();
    private int mostAtOnce = MOST_AT_ONCE;
    private int number = FIRST_NUMBER;
    private IOException lost;

    private record Letter(String topic, Event event, List<String> headers, CompletableFuture<Void> done) {}

    Outgoing(MqttSetting setting) {
        this.setting = setting;
    }

    /** How many the broker takes at once. */
    void limit(int most) {
        mostAtOnce = Math.clamp(most, 1, MOST_AT_ONCE);
    }

    /** Publishes the event, which stays readable until {@code done} is completed: when the broker has it, or won't have it. */
    void publish(Channel channel, String topic, Event event, List<String> headers, CompletableFuture<Void> done) {
        if (lost != null) {
            done.completeExceptionally(lost);
        } else {
            waiting.add(new Letter(topic, event, headers, done));
            send(channel);
        }
    }

    private void send(Channel channel) {
        while (sent.size() < mostAtOnce && !waiting.isEmpty()) {
            Letter next = waiting.poll();
            int id = freeNumber();
            sent.put(id, next);
            channel.writeAndFlush(Packets.publish(setting, id, next.topic, next.event, next.headers))
                    .addListener(written -> {
                        if (!written.isSuccess() && sent.remove(id) != null) {
                            next.done.completeExceptionally(written.cause());
                        }
                    });
        }
    }

    private int freeNumber() {
        do {
            number = number == LAST_NUMBER ? FIRST_NUMBER : number + 1;
        } while (sent.containsKey(number));
        return number;
    }

    /** The broker has answered. */
    void answered(Channel channel, int id, int code) {
        Letter letter = sent.remove(id);
        if (letter == null) {
            return; // one whose write was said to have failed
        }
        if (code >= Reasons.FIRST_REFUSAL) {
            letter.done.completeExceptionally(
                    new IOException("the broker refuses topic '" + letter.topic + "': " + Reasons.of(code)));
        } else if (code == Reasons.NOBODY_LISTENS) {
            letter.done.completeExceptionally(
                    new IOException("nobody has subscribed to topic '" + letter.topic + "', so it would be gone"));
        } else {
            letter.done.complete(null);
        }
        send(channel);
    }

    /** The connection is gone, and nobody knows what of it the broker has. */
    void lost(String why) {
        lost = new IOException(why);
        List<Letter> all = new ArrayList<>(sent.values());
        all.addAll(waiting);
        sent.clear();
        waiting.clear();
        all.forEach(letter -> letter.done.completeExceptionally(lost));
    }
}
