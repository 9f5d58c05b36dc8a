package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.ManualClock;
import io.nucleon.invoke.RecordingInvoker;
import io.nucleon.invoke.SeenEvent;
import io.nucleon.loop.EventLoops;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 with prior knowledge, by Netty's client. */
class Http2Test {

    private final EventLoops loops = new EventLoops(1);

    @AfterEach
    void stop() {
        loops.close();
    }

    /** One stream of the client: gathers its answer. */
    @ChannelHandler.Sharable
    private static final class Call extends ChannelInboundHandlerAdapter {
        final CompletableFuture<String> body = new CompletableFuture<>();
        final StringBuilder text = new StringBuilder();
        volatile Http2Headers headers;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            boolean end = false;
            if (message instanceof Http2HeadersFrame head) {
                headers = head.headers();
                end = head.isEndStream();
            } else if (message instanceof Http2DataFrame data) {
                text.append(data.content().toString(StandardCharsets.UTF_8));
                end = data.isEndStream();
            }
            ReferenceCountUtil.release(message);
            if (end) {
                body.complete(text.toString());
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof Http2ResetFrame reset) {
                body.completeExceptionally(new IllegalStateException("reset " + reset.errorCode()));
            }
        }

        String read() throws Exception {
            return body.get(20, TimeUnit.SECONDS);
        }
    }

    private Channel connect(TestServer server) {
        return connect(server, Http2Settings.defaultSettings());
    }

    private Channel connect(TestServer server, Http2Settings settings) {
        URI uri = URI.create(server.address());
        return new Bootstrap()
                .group(loops.group())
                .channel(EpollSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        Http2FrameCodecBuilder.forClient()
                                                .initialSettings(settings)
                                                .encoderIgnoreMaxHeaderListSize(true)
                                                .build(),
                                        new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                    }
                })
                .connect(uri.getHost(), uri.getPort())
                .syncUninterruptibly()
                .channel();
    }

    private static Http2StreamChannel open(Channel connection, Call call, Http2StreamFrame... frames) {
        Http2StreamChannel stream = new Http2StreamChannelBootstrap(connection)
                .handler(call)
                .open()
                .syncUninterruptibly()
                .getNow();
        for (Http2StreamFrame frame : frames) {
            stream.writeAndFlush(frame).syncUninterruptibly();
        }
        return stream;
    }

    private static Http2StreamFrame head(String method, String path, boolean end) {
        Http2Headers headers = new DefaultHttp2Headers()
                .method(method)
                .path(path)
                .scheme("http")
                .authority("here");
        headers.add("x-some", "v");
        return new DefaultHttp2HeadersFrame(headers, end);
    }

    private static Http2StreamFrame data(String text, boolean end) {
        return new DefaultHttp2DataFrame(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8), end);
    }

    @Test
    void answersStreamsOfOneConnection() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of(seen.path() + seen.bodyText())
                .withStatus(201)
                .withType("a/b")
                .withHeaders("X-Reply", "r", "Connection", "close"));
        try (TestServer server = TestServer.start(invoker)) {
            Channel connection = connect(server);
            Call post = new Call();
            Call get = new Call();
            open(connection, post, head("POST", "/p?q", false), data("bo", false));
            open(connection, get, head("GET", "/g", true));
            assertThat(get.read()).isEqualTo("/g");
            assertThat(get.headers.status()).asString().isEqualTo("201");
            assertThat(get.headers.get("content-type")).asString().isEqualTo("a/b");
            assertThat(get.headers.get("x-reply")).asString().isEqualTo("r");
            assertThat(get.headers.get("server")).asString().isEqualTo("nuclio");
            assertThat(get.headers.get("content-length")).asString().isEqualTo("2");
            assertThat(get.headers.contains("connection")).isFalse();
            assertThat(post.body).isNotDone();
            connection.close().syncUninterruptibly();
        }
        SeenEvent seen = invoker.events().getFirst();
        assertThat(seen.headers()).containsEntry("Host", "here").containsEntry("X-Some", "v");
    }

    @Test
    void readsBodiesUpToTheLimit() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of(seen.bodyText()));
        try (TestServer server = TestServer.start(invoker, java.util.Map.of("maxRequestBodySize", 200_000))) {
            Channel connection = connect(server);
            Call fits = new Call();
            Http2StreamChannel stream = open(connection, fits, head("POST", "/", false));
            String body = "0123456789".repeat(20_000);
            stream.writeAndFlush(data(body, true));
            assertThat(fits.read()).isEqualTo(body);
            assertThat(invoker.events().getFirst().headers()).containsEntry("Content-Length", "200000");

            Call over = new Call();
            open(connection, over, head("POST", "/", false)).writeAndFlush(data(body + "x", true));
            assertThat(over.read()).isEqualTo("Error when parsing request");
            assertThat(over.headers.status()).asString().isEqualTo("400");
            assertThat(over.headers.get("x-nucleon-error")).asString().isEqualTo("NUC-5002");
            connection.close().syncUninterruptibly();
        }
    }

    @Test
    void streamsAndSendsNoBodyWhereNoneBelongs() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.holding();
        try (TestServer server = TestServer.start(invoker)) {
            Channel connection = connect(server);
            Call streamed = new Call();
            open(connection, streamed, head("GET", "/", true));
            Invocation open = invoker.take();
            RecordingInvoker.answer(open, GivenResponse.of("one,").withMore());
            open.reply().chunk(open, GivenResponse.bytes("two"), false, false);
            open.reply().chunk(open, GivenResponse.bytes(""), true, false);
            assertThat(streamed.read()).isEqualTo("one,two");

            Call broken = new Call();
            open(connection, broken, head("GET", "/", true));
            open = invoker.take();
            RecordingInvoker.answer(open, GivenResponse.of("one").withMore());
            open.reply().chunk(open, GivenResponse.bytes(""), true, true);
            assertThat(broken.body).failsWithin(20, TimeUnit.SECONDS);

            Call head = new Call();
            open(connection, head, head("HEAD", "/", true));
            RecordingInvoker.answer(invoker.take(), GivenResponse.of("four"));
            assertThat(head.read()).isEmpty();
            assertThat(head.headers.get("content-length")).asString().isEqualTo("4");
            connection.close().syncUninterruptibly();
        }
    }

    @Test
    void cancelsAStreamThatIsReset() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.holding();
        try (TestServer server = TestServer.start(invoker)) {
            Channel connection = connect(server);
            Http2StreamChannel stream = open(connection, new Call(), head("GET", "/", true));
            invoker.take();
            stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
            Awaitility.await("the cancel").until(() -> invoker.cancelled() == 1);

            Call next = new Call();
            open(connection, next, head("GET", "/", true));
            Invocation open = invoker.take();
            connection.close().syncUninterruptibly();
            Awaitility.await("the cancel of what the connection had")
                    .until(() -> invoker.cancelled() == 2 && !open.isOpen());
        }
    }

    @Test
    void aClientThatTakesNothingOfOneAnswerLosesThatStream() throws Exception {
        ManualClock clock = new ManualClock();
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of("x".repeat(100_000)));
        try (TestServer server = TestServer.withClock(invoker, clock)) {
            // Netty's client gives no window of the connection back for a stream that it does not read
            Channel connection = connect(server, Http2Settings.defaultSettings().initialWindowSize(0));
            Call stuck = new Call();
            open(connection, stuck, head("GET", "/", true));
            Awaitility.await("the answer's head").until(() -> stuck.headers != null);

            Awaitility.await("the reset").atMost(Duration.ofSeconds(20)).until(() -> {
                clock.advance(Duration.ofSeconds(16));
                return stuck.body.isCompletedExceptionally();
            });

            assertThat(connection.isActive()).isTrue();
            connection.close().syncUninterruptibly();
        }
    }

    @Test
    void aClientThatOpensAndResetsWithoutEndIsSentAway() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.holding();
        try (TestServer server = TestServer.start(invoker)) {
            Channel connection = connect(server);

            Http2StreamChannelBootstrap streams = new Http2StreamChannelBootstrap(connection).handler(new Call());
            for (int i = 0; i < 1000 && connection.isActive(); i++) {
                Future<Http2StreamChannel> opening = streams.open().awaitUninterruptibly();
                if (opening.isSuccess()) {
                    opening.getNow().write(head("GET", "/", true));
                    opening.getNow().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
                }
            }

            assertThat(connection.closeFuture().await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void headersBeyondTheLimitAreRefused() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of("ran"));
        try (TestServer server = TestServer.start(invoker)) {
            Channel connection = connect(server);
            Http2Headers headers = new DefaultHttp2Headers()
                    .method("GET")
                    .path("/")
                    .scheme("http")
                    .authority("here");
            headers.add("x-large", "v".repeat(20_000));
            Call large = new Call();

            open(connection, large, new DefaultHttp2HeadersFrame(headers, true));

            assertThat(large.read()).isEmpty();
            assertThat(large.headers.status()).asString().isEqualTo("431");
            assertThat(invoker.events()).isEmpty();
            connection.close().syncUninterruptibly();
        }
    }

    @Test
    void refusesWhatIsMalformed() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of("ran"));
        try (TestServer server = TestServer.start(invoker)) {
            Channel connection = connect(server);
            Call bad = new Call();
            open(connection, bad, head("GET", "/a b", true));
            assertThat(bad.read()).isEqualTo("Error when parsing request");

            Call good = new Call();
            open(connection, good, head("GET", "/", true));
            assertThat(good.read()).isEqualTo("ran");
            connection.close().syncUninterruptibly();
        }
    }
}
