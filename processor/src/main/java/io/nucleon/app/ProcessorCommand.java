package io.nucleon.app;

import io.nucleon.command.ProcessorOptions;
import io.nucleon.command.Product;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.UserFolders;
import io.nucleon.invoke.InvocationListener;
import io.nucleon.log.LogConfig;
import io.nucleon.log.Logs;
import io.nucleon.runtime.Platform;
import io.nucleon.spec.platform.PlatformConfig;
import io.nucleon.spec.platform.PlatformReader;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.trigger.ListenAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code nucleon processor}: one function from its processor.yaml, as images run it. Confined to the main thread. */
final class ProcessorCommand {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorCommand.class);

    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Duration FLUSH = Duration.ofSeconds(2);

    private final ProcessorOptions options;
    private final Terminal terminal;

    ProcessorCommand(ProcessorOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    int run() {
        if (options.showsVersion()) {
            terminal.out().println("nucleon " + Product.installed().version());
            return 0;
        }
        if (options.listRuntimes()) {
            Runtimes.names(Home.folder()).forEach(terminal.out()::println);
            return 0;
        }
        PlatformConfig platform = platform();
        Path home = Home.folder();
        Plan plan = Plan.ofConfig(existing(Path.of(options.config())), Reading.at(home));
        Problems problems = new Problems();
        LogConfig logConfig = LogConfig.of(
                platform.logger(), platform.logger().of(plan.config().spec().loggerSinks(), problems), problems);
        Logs logs = Logs.start(logConfig);
        plan.warnings().forEach(problem -> LOG.warn("{}", problem.oneLine()));
        problems.list().forEach(problem -> LOG.warn("{}", problem.oneLine()));
        UserFolders folders = UserFolders.of(terminal.env());
        HostSetting setting = new HostSetting(
                home,
                logs,
                new Platform(Platform.kindIn(System.getenv()), ""),
                options.lender().isEmpty()
                        ? null
                        : HostSetting.Front.hidden(null).alone(),
                one -> JournalPlace.of(platform.journal(), folders, one),
                EventSetting.USUAL,
                null);
        try (Host host = new Host(
                List.of(plan), setting, one -> new Host.Ears(logs.function(one.name()), InvocationListener.NOBODY))) {
            StopSignal stop = StopSignal.install();
            host.start();
            return options.lender().isEmpty() ? serve(host, platform, stop) : obey(host, platform, stop);
        } finally {
            logs.flush(FLUSH);
        }
    }

    /** Until it is asked to stop. Probes are answered while the workers come up. */
    private static int serve(Host host, PlatformConfig platform, StopSignal stop) {
        try (AdminServers servers = AdminServers.forProcessor(host, platform, metrics(platform))) {
            host.awaitStart();
            HostedFunction function = host.hosted().getFirst();
            LOG.info(
                    "function {} is ready: {} at {}; {}",
                    function.plan().name(),
                    function.language(),
                    function.address(),
                    servers.describe());
            int exit = stop.await();
            LOG.info("draining {} events", host.open());
            host.stop(DRAIN);
            LOG.info("stopped");
            return exit;
        }
    }

    /** Until the one who holds the function's port wants no more of it, or it is asked to stop. */
    private int obey(Host host, PlatformConfig platform, StopSignal stop) {
        try (AdminServers servers = AdminServers.forProcessor(host, platform, metrics(platform))) {
            host.awaitHttp();
            HostedFunction function = host.hosted().getFirst();
            try (LenderSupervision lender = LenderSupervision.connect(
                    Path.of(options.lender()), options.lentAs(), function.address(), ReadyWorkers.of(host.hosted()))) {
                LOG.info(
                        "function {} is ready: {}; {}",
                        function.plan().name(),
                        function.language(),
                        servers.describe());
                return new SupervisedRun(host, null, null, lender).obey(stop, DRAIN);
            }
        }
    }

    private static Path existing(Path config) {
        if (!Files.isRegularFile(config)) {
            throw ErrorMessage.of(
                            ErrorCode.CONFIG_UNREADABLE,
                            "reading the processor's configuration " + config + " failed",
                            "there is no such file",
                            "name it: nucleon processor --config FILE")
                    .toException();
        }
        return config;
    }

    private PlatformConfig platform() {
        Path file = Path.of(options.platformConfig());
        return (Files.isRegularFile(file) ? PlatformReader.read(file) : PlatformReader.defaults()).value();
    }

    /** Where the platform's sinks of kind prometheusPull want metrics served. */
    private static List<InetSocketAddress> metrics(PlatformConfig platform) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String name : platform.metrics().functions()) {
            var sink = platform.metrics().sinks().get(name);
            if (sink != null && sink.kind().equals("prometheusPull")) {
                ListenAddress.parse(sink.url().isEmpty() ? ":8090" : sink.url())
                        .map(Addresses::socket)
                        .ifPresent(addresses::add);
            }
        }
        return addresses;
    }
}
