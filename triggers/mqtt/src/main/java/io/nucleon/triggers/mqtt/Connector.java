package io.nucleon.triggers.mqtt;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLParameters;

/** Opens connections to the trigger's broker. */
final class Connector {

    private static final int CONNECT_MILLIS = 5_000;

    private final MqttSetting setting;
    private final EventLoop loop;

    /** @param loop which every connection belongs to */
    Connector(MqttSetting setting, EventLoop loop) {
        this.setting = setting;
        this.loop = loop;
    }

    /** Connects the session; blocks, also for the broker's name, which is why no loop does it. */
    Channel connect(Session session) throws IOException, InterruptedException {
        IOException last = null;
        for (InetAddress address : InetAddress.getAllByName(setting.broker().host())) {
            ChannelFuture connected = new Bootstrap()
                    .group(loop)
                    .channel(EpollSocketChannel.class)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .handler(new Handlers(session))
                    .connect(new InetSocketAddress(address, setting.broker().port()))
                    .await();
            if (connected.isSuccess()) {
                return connected.channel();
            }
            last = new IOException(connected.cause().getMessage(), connected.cause());
        }
        throw last == null ? new IOException("its name has no address") : last;
    }

    private final class Handlers extends ChannelInitializer<SocketChannel> {
        private final Session session;

        Handlers(Session session) {
            this.session = session;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            setting.tls().context().ifPresent(context -> channel.pipeline().addLast(encryption(context, channel)));
            channel.pipeline()
                    .addLast(
                            new LengthGuard(setting.mostBytes(), session::tooLarge),
                            new MqttDecoder(setting.mostBytes()),
                            MqttEncoder.INSTANCE,
                            session);
        }

        private SslHandler encryption(SslContext context, SocketChannel channel) {
            SslHandler handler = context.newHandler(
                    channel.alloc(), setting.broker().host(), setting.broker().port());
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(setting.tls().checksName() ? "HTTPS" : "");
            handler.engine().setSSLParameters(parameters);
            handler.setHandshakeTimeoutMillis(CONNECT_MILLIS);
            return handler;
        }
    }
}
