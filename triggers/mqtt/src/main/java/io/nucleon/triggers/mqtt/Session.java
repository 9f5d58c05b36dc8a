package io.nucleon.triggers.mqtt;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.util.ReferenceCountUtil;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Event;
import io.nucleon.trigger.TriggerSetting;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, from its beginning to its loss: signs in, subscribes, receives, and is then thrown away. What it does belongs to the loop
 * of its channel; {@link #open}, {@link #waitForLoss} and {@link #close} block, the rest may be called from any thread.
 */
final class Session extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private static final long ANSWER_SECONDS = 10;
    private static final long CLOSE_SECONDS = 2;
    private static final int SUBSCRIBE_NUMBER = 1;
    private static final int UNSUBSCRIBE_NUMBER = 2;

    private final TriggerSetting trigger;
    private final MqttSetting setting;
    private final boolean subscribes;
    private final Intake intake;
    private final Outgoing outgoing;
    private final Heartbeat heartbeat;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CountDownLatch lost = new CountDownLatch(1);
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private Channel channel;
    /** Why the connection ends, if that is known; the first reason counts. */
    private volatile String why = "";

    private boolean connected;
    private boolean unsubscribed;
    private boolean flushing;

    private Session(TriggerSetting trigger, MqttSetting setting, Deliverer deliverer, boolean subscribes) {
        this.trigger = trigger;
        this.setting = setting;
        this.subscribes = subscribes;
        this.intake = new Intake(trigger, setting, deliverer, this);
        this.outgoing = new Outgoing(setting);
        this.heartbeat = new Heartbeat(this::broken);
    }

    /**
     * Receives from now on.
     *
     * @param subscribes whether to subscribe even if the broker knows this client: once in a processor's life
     * @throws IOException if the broker can't be had now
     * @throws NucleonException NUC-5011 if it refuses
     */
    static Session open(
            TriggerSetting trigger, MqttSetting setting, Deliverer deliverer, Connector connector, boolean subscribes)
            throws IOException, InterruptedException {
        Session session = new Session(trigger, setting, deliverer, subscribes);
        session.channel = connector.connect(session);
        try {
            session.opened.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return session;
        } catch (InterruptedException e) {
            session.close();
            throw e;
        } catch (TimeoutException e) {
            session.close();
            throw new IOException("no answer within " + ANSWER_SECONDS + " s", e);
        } catch (ExecutionException e) {
            session.close();
            if (e.getCause() instanceof NucleonException refused) {
                throw refused;
            }
            throw new IOException(e.getCause().getMessage(), e);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        send(Packets.connect(setting, Heartbeat.KEEP_ALIVE_SECONDS));
    }

    private void send(MqttMessage packet) {
        channel.writeAndFlush(packet).addListener((ChannelFutureListener) this::written);
    }

    private void written(ChannelFuture write) {
        if (!write.isSuccess()) {
            broken("sending failed: " + write.cause().getMessage());
        }
    }

    /** Ends the connection for a reason of ours. */
    private void broken(String reason) {
        if (why.isEmpty()) {
            why = reason;
        }
        channel.close();
    }

    /** The broker sends more than this trigger takes. */
    void tooLarge(int bytes) {
        LOG.error(
                "{}",
                ErrorMessage.of(
                                ErrorCode.BODY_TOO_LARGE,
                                "a message for trigger '" + trigger.source().name() + "' has " + bytes
                                        + " bytes, more than " + setting.mostBytes(),
                                "the broker goes on to send it; with protocolVersion: 5 it would leave it out",
                                "raise attributes.maxMessageSize, or limit the size of messages at the broker")
                        .line());
        broken("a message was too large");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        heartbeat.heard();
        try {
            MqttMessage packet = (MqttMessage) message;
            if (packet.decoderResult().isFailure()) {
                broken("the broker sent what is no packet: "
                        + packet.decoderResult().cause().getMessage());
            } else {
                received(packet);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void received(MqttMessage packet) {
        switch (packet.fixedHeader().messageType()) {
            case CONNACK -> connected((MqttConnAckMessage) packet);
            case SUBACK -> subscribed((MqttSubAckMessage) packet);
            case PUBLISH -> published((MqttPublishMessage) packet);
            case PUBACK -> outgoing.answered(channel, Replies.numberOf(packet), Replies.reasonOf(packet));
            case UNSUBACK -> {
                unsubscribed = true;
                askWhetherAllIsHere();
            }
            case PINGRESP -> {
                if (heartbeat.answered() && intake.isEmpty()) {
                    left.complete(null);
                } else {
                    askWhetherAllIsHere();
                }
            }
            case DISCONNECT -> broken("the broker ended it" + Replies.farewell(packet));
            default -> broken("the broker sent a " + packet.fixedHeader().messageType() + ", which clients don't get");
        }
    }

    private void connected(MqttConnAckMessage answer) {
        if (connected) {
            broken("the broker answered twice");
            return;
        }
        connected = true;
        MqttConnectReturnCode code = answer.variableHeader().connectReturnCode();
        if (code != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
            String reason = Reasons.of(code, answer.variableHeader().properties());
            opened.completeExceptionally(
                    Reasons.passes(code)
                            ? new IOException(reason)
                            : refused(
                                            reason,
                                            "check username and password of the trigger, clientID and protocolVersion")
                                    .toException());
            broken(reason);
            return;
        }
        outgoing.limit(Replies.receiveMaximum(answer));
        heartbeat.start(channel, Replies.keepAliveSeconds(answer));
        if (subscribes || !answer.variableHeader().isSessionPresent()) {
            send(Packets.subscribe(SUBSCRIBE_NUMBER, setting));
        } else {
            opened.complete(null);
        }
    }

    private void subscribed(MqttSubAckMessage answer) {
        List<Integer> codes = answer.payload().reasonCodes();
        if (codes.size() != setting.subscriptions().size()) {
            broken("the broker answered for " + codes.size() + " subscriptions of "
                    + setting.subscriptions().size());
            return;
        }
        for (int i = 0; i < codes.size(); i++) {
            Subscription asked = setting.subscriptions().get(i);
            if (codes.get(i) >= Reasons.FIRST_REFUSAL) {
                opened.completeExceptionally(refused(
                                "no subscription to topic '" + asked.filter() + "': " + Reasons.of(codes.get(i)),
                                "check attributes.subscriptions, and that the user may read the topic")
                        .toException());
                broken("a subscription was refused");
                return;
            }
            if (codes.get(i) < asked.qos()) {
                LOG.warn(
                        "the broker of trigger {} sends messages of topic '{}' at most once (qos 0): what is lost is lost",
                        trigger.source().name(),
                        asked.filter());
            }
        }
        opened.complete(null);
    }

    private ErrorMessage refused(String reason, String fix) {
        return ErrorMessage.of(
                ErrorCode.SOURCE_REFUSED,
                "MQTT broker " + setting + " refused "
                        + (setting.user().isEmpty() ? "" : "user '" + setting.user() + "' of ") + "trigger '"
                        + trigger.source().name() + "'",
                reason,
                fix);
    }

    private void published(MqttPublishMessage message) {
        if (!connected || message.fixedHeader().qosLevel().value() > 1) {
            broken("the broker sent a message that was not asked for");
            return;
        }
        heartbeat.interrupted();
        intake.received(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        intake.readComplete(channel);
    }

    /** An event's receipt was called; any thread. */
    void heard(MqttEvent event, MqttEvent.State state) {
        if (channel.eventLoop().inEventLoop()) {
            settle(event, state);
        } else {
            channel.eventLoop().execute(() -> settle(event, state));
        }
    }

    private void settle(MqttEvent event, MqttEvent.State state) {
        intake.heard(event, state, channel);
        if (!flushing) {
            flushing = true;
            trigger.loops().passOf(channel.eventLoop()).flushLater(this::flush);
        }
    }

    /** Once a pass, for all acks of it. */
    private void flush() {
        flushing = false;
        channel.flush();
        askWhetherAllIsHere();
    }

    /** The answer to a ping comes behind all that the broker has for a client whose window is open. */
    private void askWhetherAllIsHere() {
        if (unsubscribed && !left.isDone() && intake.isEmpty()) {
            heartbeat.ask();
        }
    }

    /** Gives up its subscriptions; done when all that the broker had put aside for it is done, or the connection lost. */
    CompletionStage<Void> leave() {
        channel.eventLoop().execute(() -> {
            if (channel.isActive()) {
                send(Packets.unsubscribe(UNSUBSCRIBE_NUMBER, setting.subscriptions()));
            } else {
                left.complete(null);
            }
        });
        return left;
    }

    /** Leaves what comes from now on to the broker. */
    void refuse() {
        channel.eventLoop().execute(intake::refuse);
    }

    /** Puts an event into a topic; done when the broker has it. */
    CompletionStage<Void> publish(String topic, Event event, List<String> headers) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        channel.eventLoop().execute(() -> outgoing.publish(channel, topic, event, headers, done));
        return done;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        String reason = why.isEmpty() ? "the broker closed the connection" : why;
        heartbeat.stop();
        outgoing.lost(reason);
        opened.completeExceptionally(new IOException(reason));
        left.complete(null);
        lost.countDown();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        broken(String.valueOf(cause.getMessage()));
    }

    /** Returns when the connection is gone, with the reason. */
    String waitForLoss() throws InterruptedException {
        lost.await();
        return why.isEmpty() ? "the broker closed the connection" : why;
    }

    /** Says farewell, which keeps what is not acked at the broker, and ends the connection; waits shortly. */
    void close() {
        channel.eventLoop().execute(() -> {
            if (why.isEmpty()) {
                why = "the trigger ends";
            }
            channel.writeAndFlush(Packets.disconnect()).addListener(ChannelFutureListener.CLOSE);
        });
        channel.closeFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        channel.close();
    }
}
