package io.nucleon.trigger.http;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.loop.EventLoops;
import io.nucleon.trigger.TriggerSetting;
import io.nucleon.trigger.TriggerSetting.BatchSetting;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One address for several functions, each below its name: {@code /NAME/path} reaches function NAME, which sees {@code /path}. Safe for
 * many threads.
 */
public final class HttpFront implements Mounts {

    /** Held twice meanwhile; what functions themselves take by default is 4 MiB. */
    private static final int LARGEST_PASSED_ON = 64 << 20;

    private final HttpListener listener;
    private final List<Named> functions = new CopyOnWriteArrayList<>();
    private final List<HttpListener> doors = new CopyOnWriteArrayList<>();
    private final EventLoops loops;
    private final Clock clock;
    private final Mount nowhere;
    private volatile boolean draining;
    private volatile boolean retiring;

    /** A function's place; its prefix has the slash before the name. */
    private record Named(String prefix, Mount mount) {}

    /**
     * A front without functions yet.
     *
     * @param elsewhere takes events of functions that it has not, the name still before their paths; null: they are answered with 404
     */
    public HttpFront(InetSocketAddress address, EventLoops loops, Clock clock, Invoker elsewhere) {
        this.loops = loops;
        this.clock = clock;
        nowhere = new Mount(new Nowhere(loops, clock, elsewhere), 0);
        listener = new HttpListener(address, loops, clock, TimeLimits.DEFAULT, this);
    }

    /**
     * Takes connections from now on. A function whose trigger has not started yet is answered for with 503.
     *
     * @throws io.nucleon.error.NucleonException NUC-5001 if the address can't be had
     */
    public void start() {
        listener.start();
    }

    /** {@code http://127.0.0.1:8080}; functions answer at {@code ADDRESS/NAME}. */
    public String address() {
        return listener.address();
    }

    /**
     * Lets a function be reached at an address of its own too: that of a socket which this process was started with, and which others may
     * share.
     *
     * @return the address, {@code http://127.0.0.1:8080}
     * @throws io.nucleon.error.NucleonException NUC-5001 if it is no socket that listens
     */
    public String open(String function, int descriptor) {
        HttpTrigger trigger = functions.stream()
                .filter(one -> one.prefix.equals("/" + function))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no function is called " + function))
                .mount
                .trigger();
        HttpListener door = HttpListener.ofDescriptor(
                descriptor, loops, clock, TimeLimits.DEFAULT, Mounts.leaving(trigger, () -> retiring));
        door.start();
        doors.add(door);
        return door.address();
    }

    /**
     * Takes no more connections at addresses of functions' own; what comes over those that are open is still answered, and tells its client to
     * leave. Whether they have left: {@link #isEmpty()}.
     */
    public void retire() {
        retiring = true;
        doors.forEach(HttpListener::retire);
    }

    /** Whether no client is connected at functions' own addresses. */
    public boolean isEmpty() {
        return doors.stream().allMatch(door -> door.openChannels() == 0);
    }

    String addressOf(String function) {
        return listener.address().isEmpty() ? "" : listener.address() + "/" + function;
    }

    void mount(String function, HttpTrigger trigger) {
        String prefix = "/" + function;
        functions.add(new Named(prefix, new Mount(trigger, prefix.length())));
    }

    /** Takes no new connections; done when every request has been answered. The functions' triggers are drained by themselves. */
    public CompletionStage<Void> drain() {
        draining = true;
        List<CompletableFuture<Void>> all = new ArrayList<>();
        all.add(listener.drain().toCompletableFuture());
        doors.forEach(door -> all.add(door.drain().toCompletableFuture()));
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    /** Closes every connection. */
    public void stop() {
        listener.stop();
        doors.forEach(HttpListener::stop);
    }

    @Override
    public Mount at(String target) {
        int from = HttpEvent.authorityEnd(target);
        for (Named one : functions) {
            if (target.startsWith(one.prefix, from) && endsName(target, from + one.prefix.length())) {
                return one.mount;
            }
        }
        return nowhere;
    }

    private static boolean endsName(String target, int at) {
        return at == target.length() || "/?#".indexOf(target.charAt(at)) >= 0;
    }

    @Override
    public int maxHead() {
        return functions.stream()
                .mapToInt(one -> one.mount.trigger().maxHead())
                .max()
                .orElse(nowhere.trigger().maxHead());
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    @Override
    public boolean isRetiring() {
        return retiring;
    }

    /** Answers for paths that belong to no function. */
    private final class Nowhere extends HttpTrigger {

        Nowhere(EventLoops loops, Clock clock, Invoker elsewhere) {
            this(
                    new TriggerSetting(
                            new TriggerSource(0, "host", "http", "sync"),
                            "",
                            Map.of("maxRequestBodySize", LARGEST_PASSED_ON),
                            0,
                            BatchSetting.OFF,
                            loops,
                            clock,
                            null,
                            null,
                            null),
                    elsewhere);
        }

        private Nowhere(TriggerSetting setting, Invoker elsewhere) {
            super(setting, HttpSetting.read(setting), elsewhere, TimeLimits.DEFAULT, new Place(false, null, ""));
        }

        @Override
        void take(HttpExchange exchange) {
            if (exchange.pathStartsWith(HEALTH)) {
                exchange.answer(200, "", null);
                return;
            }
            if (invoker() != null
                    && !exchange.pathStartsWith("//")
                    && exchange.path().length() > 1) {
                exchange.give(exchange);
                return;
            }
            List<String> names = functions.stream().map(Named::prefix).toList();
            exchange.answer(
                    404,
                    "no function is called that way here; there are: " + String.join(", ", names),
                    ErrorCode.FUNCTION_NOT_RUNNING);
        }
    }
}
