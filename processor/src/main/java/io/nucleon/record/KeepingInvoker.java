package io.nucleon.record;

import io.nucleon.invoke.Event;
import io.nucleon.invoke.EventKeeper;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.Reply;
import java.util.List;

/** An invoker with a place for what is to be kept. Safe for many threads. */
public record KeepingInvoker(Invoker invoker, EventKeeper keeper) implements Invoker {

    @Override
    public Invocation invoke(Event event, long waitNanos, Reply reply) {
        return invoker.invoke(event, waitNanos, reply);
    }

    @Override
    public void invokeBatch(List<? extends Event> events, long waitNanos, List<? extends Reply> replies) {
        invoker.invokeBatch(events, waitNanos, replies);
    }

    @Override
    public boolean isCongested() {
        return invoker.isCongested();
    }
}
