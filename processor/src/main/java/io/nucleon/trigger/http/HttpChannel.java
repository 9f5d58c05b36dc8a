package io.nucleon.trigger.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's network channel, whatever version of HTTP it speaks. Confined to its loop, whose lists it is in. */
// Identity is meant; what becomes of a write or a close is told by the channel's events.
@SuppressWarnings({"ReferenceEquality", "FutureReturnValueIgnored"})
abstract class HttpChannel extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(HttpChannel.class);

    final HttpLoop loop;
    ChannelHandlerContext context;

    // Places in the loop's lists; theirs to change.
    HttpChannel nextMember;
    HttpChannel previousMember;
    HttpChannel nextDirty;
    boolean isDirty;
    boolean isMember;

    private Object stuckMessage;
    private long stuckProgress;
    private long stuckSince;

    HttpChannel(HttpLoop loop) {
        this.loop = loop;
    }

    /** Flushes what was written; called once per drain when something was. */
    abstract void flush();

    /** Looks at the time limits. */
    abstract void sweep(long now);

    /** The client has left: gives up what is open. */
    abstract void abandonAll();

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        loop.join(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        loop.leave(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.leave(this);
        abandonAll();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.debug("closing the channel of {}", ctx.channel().remoteAddress(), cause);
        }
        ctx.close();
    }

    final void close() {
        context.close();
    }

    /** Whether something has been waiting to be written for longer than a client may take. */
    final boolean isStuck(long now, long limit) {
        ChannelOutboundBuffer pending = context.channel().unsafe().outboundBuffer();
        Object message = pending == null ? null : pending.current();
        if (message == null) {
            stuckMessage = null;
            return false;
        }
        long progress = pending.currentProgress() - pending.totalPendingWriteBytes();
        if (message != stuckMessage || progress != stuckProgress) {
            stuckMessage = message;
            stuckProgress = progress;
            stuckSince = now;
            return false;
        }
        return now - stuckSince > limit;
    }
}
