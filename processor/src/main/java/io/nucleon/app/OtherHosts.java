package io.nucleon.app;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NearestName;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationIds;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;

/**
 * Takes events of functions that this host has not, each with {@code /NAME} before its path, to the host of the same user that has them: so
 * a function finds every other one of this machine below one address. Safe for many threads.
 */
final class OtherHosts implements Invoker, AutoCloseable {

    private final RunStates states;
    private final boolean deployed;
    private final Clock clock;
    private final InvocationIds ids;
    private HttpClient client;
    private boolean closed;

    /** @param deployed whether a name means a deployed function before one that somebody works on: what is deployed does not meet that */
    OtherHosts(RunStates states, boolean deployed, Clock clock) {
        this.states = states;
        this.deployed = deployed;
        this.clock = clock;
        this.ids = new InvocationIds(clock);
    }

    /** The event is read in here; the rest waits on a thread of its own. */
    @Override
    public Invocation invoke(Event event, long waitNanos, Reply reply) {
        Invocation invocation = new Invocation(event, reply, ids, clock.nanoTime(), waitNanos);
        ForwardedRequest request = ForwardedRequest.of(event);
        Thread thread = Threads.forward(request.function(), () -> forward(invocation, request));
        invocation.cancelledBy(gone -> thread.interrupt());
        return invocation;
    }

    private void forward(Invocation invocation, ForwardedRequest request) {
        long self = ProcessHandle.current().pid();
        Optional<RunState> there = states.named(request.function(), deployed).stream()
                .filter(state -> state.pid() != self)
                .findFirst();
        Optional<URI> url = there.flatMap(RunState::url);
        if (url.isEmpty()) {
            fail(invocation, there.map(OtherHosts::noHttp).orElseGet(() -> notRunning(request.function())));
            return;
        }
        try {
            HttpResponse<byte[]> answer = client().send(request.to(url.get()), BodyHandlers.ofByteArray());
            if (invocation.close()) {
                invocation.outcome = Outcome.RESPONDED;
                invocation.status = answer.statusCode();
                invocation.answeredNanos = clock.nanoTime();
                invocation.reply().respond(invocation, ForwardedAnswer.of(answer));
            }
        } catch (IOException | IllegalArgumentException e) {
            fail(invocation, unreachable(there.get(), e));
        } catch (InterruptedException e) {
            // its caller is gone, or the host ends: nobody reads the answer
            fail(invocation, unreachable(there.get(), e));
        }
    }

    private void fail(Invocation invocation, ErrorMessage why) {
        if (invocation.close()) {
            invocation.outcome = Outcome.UNAVAILABLE;
            invocation.answeredNanos = clock.nanoTime();
            invocation.reply().fail(invocation, new Failure(Outcome.UNAVAILABLE, why));
        }
    }

    private ErrorMessage notRunning(String function) {
        List<String> names = states.alive().stream().map(RunState::name).toList();
        return ErrorMessage.of(
                ErrorCode.FUNCTION_NOT_RUNNING,
                "no function '" + function + "' runs here",
                names.isEmpty() ? "nothing runs on this machine" : "running here: " + NearestName.list(names),
                NearestName.to(function, names)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("start it: nucleon run PATH"));
    }

    private static ErrorMessage noHttp(RunState there) {
        return ErrorMessage.of(
                ErrorCode.FUNCTION_UNREACHABLE,
                "function '" + there.name() + "' takes no calls",
                "it has no HTTP trigger",
                "give it one in its function.yaml, of kind http");
    }

    private static ErrorMessage unreachable(RunState there, Exception cause) {
        return ErrorMessage.of(
                ErrorCode.FUNCTION_UNREACHABLE,
                "function '" + there.name() + "' at " + there.url().orElseThrow() + " does not answer",
                String.valueOf(cause.getMessage()),
                "see that it still runs: nucleon invoke " + there.name());
    }

    private synchronized HttpClient client() throws IOException {
        if (closed) {
            throw new IOException("the host ends");
        }
        if (client == null) {
            client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        }
        return client;
    }

    @Override
    public void invokeBatch(List<? extends Event> events, long waitNanos, List<? extends Reply> replies) {
        for (int i = 0; i < events.size(); i++) {
            invoke(events.get(i), waitNanos, replies.get(i));
        }
    }

    @Override
    public boolean isCongested() {
        return false;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.shutdownNow();
        }
    }
}
