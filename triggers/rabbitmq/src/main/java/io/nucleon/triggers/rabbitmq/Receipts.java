package io.nucleon.triggers.rabbitmq;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Tells the broker what became of messages. Receipts come from event loops, which must not wait for a socket; a virtual thread writes
 * them. Those of a lost connection are dropped: the broker delivers such messages again.
 */
final class Receipts {

    private enum Kind {
        ACK,
        GIVE_BACK,
        REJECT,
        END
    }

    private record Receipt(Kind kind, long tag) {}

    private final BlockingQueue<Receipt> waiting = new LinkedBlockingQueue<>();
    private final Channel channel;
    private final Thread thread;

    Receipts(Channel channel, String name) {
        this.channel = channel;
        this.thread = Threads.start(name, this::write);
    }

    void ack(long tag) {
        waiting.add(new Receipt(Kind.ACK, tag));
    }

    /** Into the queue again. */
    void giveBack(long tag) {
        waiting.add(new Receipt(Kind.GIVE_BACK, tag));
    }

    /** To the queue's own dead letters, if it has them. */
    void reject(long tag) {
        waiting.add(new Receipt(Kind.REJECT, tag));
    }

    private void write() {
        try {
            for (Receipt next = waiting.take(); next.kind != Kind.END; next = waiting.take()) {
                switch (next.kind) {
                    case ACK -> channel.basicAck(next.tag, false);
                    case GIVE_BACK -> channel.basicNack(next.tag, false, true);
                    case REJECT -> channel.basicNack(next.tag, false, false);
                    case END -> throw new IllegalStateException("handled above");
                }
            }
        } catch (IOException | AlreadyClosedException lost) {
            // the session notices by itself
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what is there, then ends; waits for it up to some time. */
    void close(long millis) throws InterruptedException {
        waiting.add(new Receipt(Kind.END, 0));
        thread.join(millis);
        thread.interrupt();
    }
}
