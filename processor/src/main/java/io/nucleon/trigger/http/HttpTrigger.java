package io.nucleon.trigger.http;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.Invoker;
import io.nucleon.trigger.CloudEvents;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerSetting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What becomes of a function's requests, whichever listener they come through. Safe for many threads. */
class HttpTrigger implements Trigger {

    static final String INTERNAL = "/__internal/";
    static final String HEALTH = INTERNAL + "health";
    static final String INVOCATIONS = INTERNAL + "invocations/";
    private static final String STOPPED = "{\"error\":\"Server not ready\",\"status\":\"stopped\"}\n";

    private static final String NO_CLOUD_EVENT = "Failed to wrap structured cloud event";

    private final TriggerSetting setting;
    private final HttpSetting http;
    private final Invoker invoker;
    private final Complaints complaints;
    private final SpareHeads heads;
    /** Null without batches. */
    private final EventBatcher batcher;

    private final Place place;
    /** Null if it is reached through a front only. */
    private final HttpListener listener;

    private volatile boolean started;
    private volatile boolean draining;

    /**
     * Where a trigger can be reached.
     *
     * @param listens whether it has an address of its own
     * @param front behind which it stands too, null for none
     * @param function under what name
     */
    record Place(boolean listens, HttpFront front, String function) {
        /** At an address of its own. */
        static final Place OWN = new Place(true, null, "");
    }

    HttpTrigger(TriggerSetting setting, HttpSetting http, Invoker invoker, TimeLimits limits, Place place) {
        this.setting = setting;
        this.http = http;
        this.invoker = invoker;
        this.place = place;
        this.complaints = new Complaints(setting.clock());
        this.heads = new SpareHeads(setting.clock());
        this.batcher = setting.batch().size() > 0 ? new EventBatcher(this, setting.batch()) : null;
        this.listener = place.listens()
                ? new HttpListener(http.address(), setting.loops(), setting.clock(), limits, Mounts.only(this))
                : null;
        if (place.front() != null) {
            place.front().mount(place.function(), this);
        }
    }

    @Override
    public void start() {
        if (listener != null) {
            listener.start();
        }
        started = true;
    }

    /** A request is complete. On its loop. */
    void take(HttpExchange exchange) {
        RequestHeaders headers = exchange.requestHeaders();
        if (exchange.pathStartsWith(INTERNAL) && takeInternal(exchange)) {
            return;
        }
        if (draining || !started) {
            exchange.answer(503, STOPPED, ErrorCode.DRAINING);
        } else if (http.cors() != null && http.cors().isPreflight(exchange)) {
            exchange.answerPreflight(http.cors().grants(headers));
        } else if (headers.isSpecial() || CloudEvents.isStructured(headers.contentType())) {
            takeSpecial(exchange, headers);
        } else if (batcher != null) {
            batcher.add(exchange, exchange);
        } else {
            exchange.give(exchange);
        }
    }

    /** Paths that a function never sees; false for others below the same prefix. */
    private boolean takeInternal(HttpExchange exchange) {
        if (exchange.pathStartsWith(HEALTH)) {
            exchange.answer(200, "", null);
            return true;
        }
        if (exchange.pathStartsWith(INVOCATIONS)) {
            KeptCall.look(exchange, exchange.path().substring(INVOCATIONS.length()));
            return true;
        }
        return false;
    }

    /** The request is to be answered later, asks for logs, or carries a cloud event. */
    private void takeSpecial(HttpExchange exchange, RequestHeaders headers) {
        String level = headers.last(HeaderNames.LOG_LEVEL);
        if (level != null && !level.isEmpty()) {
            exchange.capture(new LogCapture(level, setting.source().name()));
        }
        Optional<Event> event = CloudEvents.unwrap(exchange);
        if (event.isEmpty()) {
            exchange.answer(500, NO_CLOUD_EVENT, null);
        } else if ("true".equalsIgnoreCase(headers.last(HeaderNames.ASYNC))) {
            KeptCall.accept(exchange, event.get());
        } else if (batcher != null) {
            batcher.add(exchange, event.get());
        } else {
            exchange.give(event.get());
        }
    }

    /** What came through a front is drained with that. */
    @Override
    public CompletionStage<Void> drain() {
        draining = true;
        if (batcher != null) {
            batcher.flush();
        }
        return listener == null ? CompletableFuture.completedFuture(null) : listener.drain();
    }

    @Override
    public void stop() {
        draining = true;
        if (listener != null) {
            listener.stop();
        }
    }

    @Override
    public String address() {
        return listener != null ? listener.address() : place.front().addressOf(place.function());
    }

    /** Connections now open at its own address; for tests and figures. */
    int openChannels() {
        return listener.openChannels();
    }

    /** Events that wait for their batch to fill. */
    int waitingInBatch() {
        return batcher == null ? 0 : batcher.waiting();
    }

    TriggerSetting setting() {
        return setting;
    }

    Invoker invoker() {
        return invoker;
    }

    Complaints complaints() {
        return complaints;
    }

    SpareHeads heads() {
        return heads;
    }

    /** Null when not enabled. */
    CorsPolicy cors() {
        return http.cors();
    }

    List<Path> fileFolders() {
        return http.fileFolders();
    }

    int maxHead() {
        return http.headBytes();
    }

    int maxBody() {
        return http.bodyBytes();
    }

    boolean isDraining() {
        return draining;
    }
}
