package io.nucleon.runtime.process;

import io.netty.channel.EventLoop;
import io.nucleon.error.NucleonException;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.HostedWrapper;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A function whose handlers run in wrappers, which mostly are processes. Safe for many threads. */
final class ProcessRuntime implements FunctionRuntime {

    private static final String ASYNC_HINT =
            "the handler is async and still gets one event at a time; with mode: async in its trigger a worker has 16 open";

    /** Of a function with more workers a save waits for those that have none; see docs/decisions/0042. */
    private static final int MOST_SPARES = 2;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final RuntimeSetting setting;
    private final RuntimeServices services;
    private final Wrapper wrapper;
    private final HostedWrapper hosted;
    private final ProcessStarter starter;
    private final Spares spares = new Spares();
    private final OomKills oomKills = new OomKills();
    private volatile Hello.Loaded handler = new Hello.Loaded(false, Set.of());

    /** Workers that are processes. */
    ProcessRuntime(RuntimeSetting setting, RuntimeServices services, Wrapper wrapper) {
        this(setting, services, wrapper, null);
    }

    /** Workers that are threads of this process. */
    ProcessRuntime(RuntimeSetting setting, RuntimeServices services, HostedWrapper hosted) {
        this(setting, services, null, hosted);
    }

    private ProcessRuntime(RuntimeSetting setting, RuntimeServices services, Wrapper wrapper, HostedWrapper hosted) {
        this.setting = setting;
        this.services = services;
        this.wrapper = wrapper;
        this.hosted = hosted;
        this.starter = new ProcessStarter(setting.name());
    }

    @Override
    public WorkerRuntime open(int index, WorkerListener listener) {
        return new ProcessWorker(this, index, listener);
    }

    @Override
    public String describe() {
        return hosted == null ? wrapper.describe() : hosted.describe();
    }

    @Override
    public String note() {
        String own = hosted == null ? wrapper.note() : hosted.note();
        return own.isEmpty() && handler.async() && !setting.asynchronous() ? ASYNC_HINT : own;
    }

    /** A wrapper has loaded the handler. Any thread. */
    void loaded(Hello.Loaded newHandler) {
        handler = newHandler;
    }

    @Override
    public Set<Path> files() {
        return handler.files();
    }

    /**
     * Starts a wrapper, on a starter's thread.
     *
     * @param waiting gets the channel on which it connects, if it shows that token
     * @param thread whose thread the calling one is
     */
    StartedWorker start(int worker, String token, Handshake.Host waiting, EventLoop loop, ProcessStarter thread)
            throws IOException {
        WorkerSocket socket = new WorkerSocket(
                services.runDirectory().resolve(HexFormat.of().toHexDigits(RANDOM.nextLong()) + ".sock"),
                loop,
                channel -> channel.pipeline().addLast(new Handshake(waiting)));
        Map<String, String> connection = Map.of(
                "NUCLEON_SOCKET", socket.path().toString(),
                "NUCLEON_TOKEN", token,
                "NUCLEON_WORKER", Integer.toString(worker));
        try {
            WorkerLife life = hosted == null
                    ? WorkerProcess.start(this, worker, connection, thread)
                    : new WorkerThread(hosted.start(worker, connection));
            return new StartedWorker(socket, life, life.exit());
        } catch (IOException | NucleonException e) {
            socket.close();
            throw e;
        }
    }

    /** More interpreters that wait for a save would cost more memory than their start is worth. */
    @Override
    public void warm() {
        if (hosted == null && setting.workers() <= MOST_SPARES) {
            spares.warm(this, WorkerLaunch.of(wrapper, setting), setting.workers());
        }
    }

    @Override
    public void inherit(FunctionRuntime before) {
        if (before instanceof ProcessRuntime other) {
            spares.inherit(other.spares);
        }
    }

    /** The one that is to be that worker's first process; empty for none. On the worker's loop. */
    Optional<Spare> takeSpare(int worker, EventLoop loop) {
        return hosted == null ? spares.take(worker, WorkerLaunch.of(wrapper, setting), loop) : Optional.empty();
    }

    @Override
    public void close() {
        spares.close();
        starter.close();
    }

    RuntimeSetting setting() {
        return setting;
    }

    RuntimeServices services() {
        return services;
    }

    Wrapper wrapper() {
        return wrapper;
    }

    ProcessStarter starter() {
        return starter;
    }

    OomKills oomKills() {
        return oomKills;
    }
}
