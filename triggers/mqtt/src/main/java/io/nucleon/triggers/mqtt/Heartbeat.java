package io.nucleon.triggers.mqtt;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Pings of a connection: they tell the broker that the processor lives, and the other way round. Belongs to the connection's loop.
 *
 * <p>A ping is also a question whether something is left: an answer to {@link #ask} with no message before it says that the broker had none
 * to send.
 */
final class Heartbeat {

    /** What the broker is told; it ends connections that are silent for one and a half times as long. */
    static final int KEEP_ALIVE_SECONDS = 30;

    private static final int PINGS_A_KEEP_ALIVE = 3;
    /** As many looks without a sign of life mean that the broker is gone. */
    private static final int MOST_SILENT = 3;

    private final Consumer<String> silent;
    private Channel channel;
    private ScheduledFuture<?> looks;
    private int silentLooks;
    private long sent;
    private long answered;
    /** Number of the ping that asked; 0 for none. */
    private long asked;

    /** @param silent told why the connection is to be given up */
    Heartbeat(Consumer<String> silent) {
        this.silent = silent;
    }

    void start(Channel of, int keepAliveSeconds) {
        channel = of;
        long seconds = Math.max(1, Math.min(keepAliveSeconds, KEEP_ALIVE_SECONDS) / PINGS_A_KEEP_ALIVE);
        looks = of.eventLoop().scheduleAtFixedRate(this::look, seconds, seconds, TimeUnit.SECONDS);
    }

    void stop() {
        if (looks != null) {
            looks.cancel(false);
        }
    }

    /** The broker has sent something. */
    void heard() {
        silentLooks = 0;
    }

    private void look() {
        // While nothing is read, nothing can be heard.
        if (channel.config().isAutoRead() && silentLooks++ >= MOST_SILENT) {
            silent.accept("nothing was heard of the broker for too long");
        } else {
            ping();
        }
    }

    private void ping() {
        sent++;
        channel.writeAndFlush(Packets.ping());
    }

    /** Asks, unless it has asked already. */
    void ask() {
        if (asked == 0) {
            ping();
            asked = sent;
        }
    }

    /** A message came: what was asked is answered with no. */
    void interrupted() {
        asked = 0;
    }

    /** A ping was answered; whether that says that the broker has nothing to send. */
    boolean answered() {
        answered++;
        if (asked != 0 && answered >= asked) {
            asked = 0;
            return true;
        }
        return false;
    }
}
