package io.nucleon.cli;

import io.nucleon.builder.BuildOrder;
import io.nucleon.builder.BuildReport;
import io.nucleon.command.CommandEnd;
import io.nucleon.command.DeployOptions;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.error.NucleonException;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.Deployment;
import io.nucleon.platform.Platform;
import io.nucleon.platform.WallClock;
import io.nucleon.platform.local.LocalPlatform;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.Masking;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.spec.yaml.NodeWriter;
import io.nucleon.watch.Ignored;
import io.nucleon.watch.SourceWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code nucleon deploy}: checks, builds, starts, waits, and lets the new version take over. Confined to the main thread. */
final class DeployVerb {
    private static final int INTERRUPTED = 130;

    private final Terminal terminal;
    private final DeployOptions options;
    private final Platform platform;
    private final Building building;
    private final Clock clock = new WallClock();

    DeployVerb(Terminal terminal, UserFolders folders, DeployOptions options) {
        this.terminal = terminal;
        this.options = options;
        this.platform = Platforms.of(options.global(), folders, terminal.env());
        this.building = new Building(terminal, options.global());
    }

    int run() {
        long start = clock.millis();
        if (options.rollback().isPresent()) {
            return rollback(start);
        }
        if (options.noWait() && !(platform instanceof LocalPlatform)) {
            throw UsageError.error(
                    "deploy has no --no-wait with --platform " + platform.name(),
                    "nobody is left there to let the new version take over when this command has ended",
                    "leave --no-wait out");
        }
        GivenFunction function = GivenFunction.of(options, terminal.folder());
        return options.watch() ? again(function) : deploy(function, start);
    }

    /** Now and after each save, until the process ends; what can't be deployed is said, and the version before serves on. */
    private int again(GivenFunction first) {
        Path watched = first.local()
                .orElseThrow(() -> UsageError.error(
                        "deploy --watch needs the function's own files",
                        "its code is not on this machine",
                        "leave --watch out"));
        Clock measuring = new MonotonicClock();
        GivenFunction function = first;
        try (SourceWatch watch =
                new SourceWatch(Ignored.STANDARD, () -> TimeUnit.MILLISECONDS.toNanos(measuring.millis()))) {
            watch.watch("deploy", List.of(watched));
            do {
                long start = clock.millis();
                try {
                    deploy(function == null ? GivenFunction.of(options, terminal.folder()) : function, start);
                } catch (SpecException e) {
                    CommandEnd.fail(
                            terminal,
                            List.of(),
                            e.problems().stream().map(Problem::toMessage).toList());
                } catch (NucleonException e) {
                    CommandEnd.fail(terminal, List.of(), e);
                }
                function = null;
                terminal.out().flush();
                if (!options.global().quiet()) {
                    terminal.err()
                            .println("watching " + terminal.folder().relativize(watched)
                                    + "; Ctrl-C ends, and what is deployed serves on");
                }
                terminal.err().flush();
            } while (!watch.await().isEmpty());
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
    }

    private int deploy(GivenFunction function, long start) {
        building.tell("check", Look.harmless(function.read()), clock.millis() - start);
        String name = function.config().name().isEmpty()
                ? "function"
                : function.config().name();
        Path target = platform.buildFolder(name);
        BuildReport report =
                building.build(function, options.code(), new BuildOrder.Artifact(BuildOrder.Format.FOLDER, target, ""));
        building.tell("build", Building.summary(report), Building.millis(report));
        if (options.isCheck()) {
            return check(report, target);
        }
        Deployment deployment = new Deployment(report.config(), target, readiness(report.config()), probe());
        long started = clock.millis();
        if (platform instanceof LocalPlatform local) {
            addEnvironment(function, target);
            if (options.noWait()) {
                Deployed accepted = local.submit(deployment);
                building.tell("start", "version " + accepted.version() + " is being started", clock.millis() - started);
                return tell(accepted, Optional.of(report), start);
            }
        }
        Deployed deployed = platform.deploy(deployment, this::log);
        building.tell("start", ready(deployed), clock.millis() - started);
        return tell(deployed, Optional.of(report), start);
    }

    private int rollback(long start) {
        if (options.target().isEmpty()) {
            throw UsageError.badValue("--rollback", "", "of which function?", "nucleon deploy NAME --rollback");
        }
        Deployed deployed =
                platform.rollback(options.target(), options.rollback().orElse(0), this::log);
        building.tell("start", ready(deployed), clock.millis() - start);
        return tell(deployed, Optional.empty(), start);
    }

    /** A version that an earlier Nucleon built may not tell of its workers. */
    private static String ready(Deployed deployed) {
        String version = "version " + deployed.version();
        return deployed.workers().isKnown() ? deployed.workers().text() + ", " + version : version + " is ready";
    }

    private Duration readiness(FunctionConfig config) {
        return options.readiness().or(() -> config.spec().readinessTimeout()).orElse(Deployment.READINESS);
    }

    private Optional<Deployment.Probe> probe() {
        return options.probe().isEmpty()
                ? Optional.empty()
                : Optional.of(new Deployment.Probe(
                        options.probe().startsWith("/") ? options.probe() : "/" + options.probe(),
                        options.probeBody(),
                        Duration.ofSeconds(30)));
    }

    private void log(String line) {
        if (options.global().verbosity() > 0) {
            terminal.err().println(Look.harmless(line));
        }
    }

    /** {@code .env} beside the function feeds it here, and goes into nothing that leaves this machine. */
    private static void addEnvironment(GivenFunction function, Path target) {
        Path file = function.folder().resolve(".env");
        if (function.local().isPresent() && Files.isRegularFile(file)) {
            try {
                Path copy = Files.copy(file, target.resolve(".env"), StandardCopyOption.REPLACE_EXISTING);
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
            } catch (IOException e) {
                throw ErrorMessage.of(
                                ErrorCode.FILE_UNREADABLE,
                                file + " can't be copied",
                                String.valueOf(e.getMessage()),
                                "see that it may be read")
                        .toException(e);
            }
        }
    }

    private int tell(Deployed deployed, Optional<BuildReport> report, long start) {
        if (options.global().output().isDocument()) {
            JsonWriter json = Documents.begin("deploy").name("function").value(deployed.name());
            json.name("version").value(deployed.version()).name("url").value(deployed.url());
            json.name("ready").value(!options.noWait());
            if (!options.noWait()) {
                deployed.workers().write(json);
            }
            report.ifPresent(
                    built -> json.name("handler").value(built.config().spec().handler()));
            Documents.print(
                    terminal,
                    options.global().output(),
                    Building.steps(json, report.map(BuildReport::steps).orElse(List.of()))
                            .endObject()
                            .toString());
        } else if (options.noWait() && !options.global().quiet()) {
            terminal.out()
                    .printf(
                            "%s version %d is accepted     next: nucleon get %s, nucleon logs %s%n",
                            deployed.name(), deployed.version(), deployed.name(), deployed.name());
        } else if (!options.global().quiet()) {
            double seconds = (clock.millis() - start) / 1000.0;
            String where = deployed.url().isEmpty() ? "" : " at " + deployed.url();
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "%s is live%s   (%.1f s)     next: nucleon invoke %s%n",
                            deployed.name(),
                            where,
                            seconds,
                            deployed.name());
        }
        return 0;
    }

    /** What would be different: lines of function.yaml, secrets masked, and whether the code is. */
    private int check(BuildReport report, Path target) {
        String name = report.config().name();
        Optional<Deployed> serving = platform.find(name);
        List<String> changes = DeployDiff.of(
                serving.map(Deployed::config).map(DeployVerb::masked).orElse(""),
                masked(NodeWriter.yaml(report.config().raw())));
        boolean code = !platform.digest(name).equals(Optional.of(report.digest()));
        try {
            io.nucleon.builder.source.CodeTree.remove(target);
        } catch (IOException e) {
            log(target + " can't be removed: " + e.getMessage());
        }
        changes.forEach(line -> terminal.out().println(Look.harmless(line)));
        if (!code && changes.isEmpty()) {
            terminal.err().println("nothing would change");
            return 0;
        }
        throw ErrorMessage.of(
                        ErrorCode.DEPLOY_WOULD_CHANGE,
                        serving.isPresent()
                                ? "deploying would change function '" + name + "'"
                                : "function '" + name + "' is not deployed yet",
                        changes.size() + " lines of function.yaml" + (code ? ", code" : ""),
                        "deploy it: nucleon deploy " + (options.target().isEmpty() ? "." : options.target()))
                .toException();
    }

    private static String masked(String config) {
        var raw = FunctionReader.read(config, "function.yaml").asFarAsRead().raw();
        return NodeWriter.yaml(Masking.mask(raw.with("spec", raw.map("spec").without("build"))));
    }
}
