package io.nucleon.reload;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests that come whether or not those before were answered, as from many callers. Every answer is looked at: its status, and that nobody
 * who asks after a version was answered gets an older one.
 */
final class SteadyLoad implements AutoCloseable {

    private static final int A_SECOND = 500;

    /** A request that is not answered by then has failed. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final int MOST_KEPT = 20;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicInteger newest = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    SteadyLoad(URI address) {
        request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
        clock.scheduleAtFixedRate(this::send, 0, 1_000_000 / A_SECOND, TimeUnit.MICROSECONDS);
    }

    private void send() {
        int knownBefore = newest.get();
        sent.incrementAndGet();
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((answer, failure) -> {
            if (failure != null) {
                fail("no answer: " + failure);
            } else if (answer.statusCode() != 200 || !answer.body().matches("v\\d+")) {
                fail(answer.statusCode() + " " + answer.body());
            } else {
                int version = Integer.parseInt(answer.body().substring(1));
                if (version < knownBefore) {
                    fail("v" + version + " for a request that was sent after an answer of v" + knownBefore);
                }
                newest.accumulateAndGet(version, Math::max);
            }
            answered.incrementAndGet();
        });
    }

    private void fail(String why) {
        if (failures.size() < MOST_KEPT) {
            failures.add(why);
        }
    }

    /** The newest version that has answered. */
    int newest() {
        return newest.get();
    }

    long answered() {
        return answered.get();
    }

    /** What went wrong so far, some of it. */
    List<String> failures() {
        return new ArrayList<>(failures);
    }

    /** No more are sent; whether all that were are answered. */
    boolean isOver() {
        clock.shutdown();
        return clock.isTerminated() && answered.get() == sent.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        client.shutdownNow();
    }
}
