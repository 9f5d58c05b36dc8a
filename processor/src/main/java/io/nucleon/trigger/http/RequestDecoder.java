package io.nucleon.trigger.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.util.AsciiString;
import java.util.List;

/**
 * Netty's decoder, yielding exchanges. Beyond Netty's checks (bare CR or LF, blanks before a colon, Transfer-Encoding with Content-Length,
 * …) it refuses folded headers and counts request line and headers against one limit, as nuclio does.
 *
 * <p>A folded header can't be seen from outside the decoder, but counted: lines end with exactly two bytes, so a head that consumed more
 * of them than it has headers has a line that was joined to another.
 */
final class RequestDecoder extends HttpRequestDecoder {

    /** PROTOCOL.md: path and query together, and the content type, have 16-bit lengths. */
    private static final int MAX_TARGET_BYTES = 65_535;

    private static final int LINE_END = 2;
    private static final ByteBuf PREFACE = Http2CodecUtil.connectionPrefaceBuf();

    private final HttpListener listener;
    private final int maxHead;
    private Http1Channel channel;
    private ChannelHandlerContext context;
    private Http1Exchange head;
    private int headBytes;
    private boolean mayBeHttp2 = true;

    RequestDecoder(HttpListener listener) {
        int maxHead = listener.mounts().maxHead();
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(Math.min(maxHead, MAX_TARGET_BYTES))
                .setMaxHeaderSize(maxHead)
                .setMaxChunkSize(Integer.MAX_VALUE)
                .setInitialBufferSize(256)
                .setStrictLineParsing(true)
                .setAllowDuplicateContentLengths(false)
                .setUseRfc9112TransferEncoding(true));
        this.listener = listener;
        this.maxHead = maxHead;
    }

    void feeds(Http1Channel reader) {
        channel = reader;
    }

    /** Whether a part of a head has come. */
    boolean isWithinHead() {
        return headBytes > 0 || actualReadableBytes() > 0;
    }

    /** Goes on with what was left when the channel was paused. */
    void goOn() {
        if (actualReadableBytes() > 0) {
            context.pipeline().fireChannelRead(Unpooled.EMPTY_BUFFER).fireChannelReadComplete();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object input) throws Exception {
        channel.bytesRead(listener.clock().nanoTime());
        super.channelRead(ctx, input);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out) throws Exception {
        if (!channel.isTaking()) {
            return;
        }
        if (mayBeHttp2 && waitsForPreface(ctx, buffer)) {
            return;
        }
        int start = buffer.readerIndex();
        if (headBytes == 0 && head == null) {
            start = skipLineEnds(buffer, start);
        }
        super.decode(ctx, buffer, out);
        headBytes += buffer.readerIndex() - start;
        if (head != null && !out.isEmpty()) {
            check(head);
            head = null;
        }
        if (head == null && !out.isEmpty()) {
            headBytes = 0;
        }
    }

    /** Looks at the first bytes of a connection; true while they may still become HTTP/2's preface, or once they are. */
    private boolean waitsForPreface(ChannelHandlerContext ctx, ByteBuf buffer) {
        int common = Math.min(buffer.readableBytes(), PREFACE.readableBytes());
        mayBeHttp2 = ByteBufUtil.equals(buffer, buffer.readerIndex(), PREFACE, 0, common);
        if (mayBeHttp2 && common == PREFACE.readableBytes()) {
            Http2Channel.add(ctx.pipeline(), channel.loop);
            ctx.pipeline().remove(channel);
            ctx.pipeline().remove(this);
        }
        return mayBeHttp2;
    }

    private int skipLineEnds(ByteBuf buffer, int start) {
        int at = start;
        while (at < buffer.writerIndex()
                && (buffer.getByte(at) == HttpConstants.CR || buffer.getByte(at) == HttpConstants.LF)) {
            at++;
        }
        return at;
    }

    private void check(Http1Exchange read) {
        if (!(read.decoderResult() instanceof HttpMessageDecoderResult result)) {
            return;
        }
        if (headBytes > maxHead || read.requestHeaders().contentType().length() > MAX_TARGET_BYTES) {
            read.setDecoderResult(DecoderResult.failure(new TooLongHttpHeaderException("larger than the read buffer")));
        } else if (headBytes - result.totalSize()
                != LINE_END * (read.requestHeaders().size() + 2)) {
            read.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("a header is folded")));
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out) {
        // The client has left: an unfinished request concerns nobody.
        buffer.skipBytes(buffer.readableBytes());
    }

    @Override
    protected HttpMessage createMessage(String[] line) {
        HttpVersion version = switch (line[2]) {
            case "HTTP/1.1" -> HttpVersion.HTTP_1_1;
            case "HTTP/1.0" -> HttpVersion.HTTP_1_0;
            default -> throw new IllegalArgumentException("a version that is not spoken here");
        };
        if (line[1].isEmpty()) {
            throw new IllegalArgumentException("the request line names no target");
        }
        head = channel.open(version, HttpMethod.valueOf(line[0]).name(), line[1]);
        return head;
    }

    @Override
    protected HttpMessage createInvalidMessage() {
        return channel.open(HttpVersion.HTTP_1_1, "GET", "/");
    }

    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        return HeaderNames.canonical(line, start, length);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return false;
    }
}
