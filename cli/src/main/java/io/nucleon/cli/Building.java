package io.nucleon.cli;

import io.nucleon.builder.BuildOrder;
import io.nucleon.builder.BuildReport;
import io.nucleon.builder.Builder;
import io.nucleon.builder.source.AddressRule;
import io.nucleon.builder.source.CodeLimits;
import io.nucleon.command.CodeFlags;
import io.nucleon.command.GlobalOptions;
import io.nucleon.command.Terminal;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.platform.WallClock;
import io.nucleon.spec.ReadOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Builds for a command: with this machine's tools, and its terminal for progress. Confined to one command. */
final class Building {
    private final Terminal terminal;
    private final GlobalOptions global;

    Building(Terminal terminal, GlobalOptions global) {
        this.terminal = terminal;
        this.global = global;
    }

    BuildReport build(GivenFunction function, CodeFlags flags, BuildOrder.Artifact artifact) {
        BuildOrder order = new BuildOrder(function.config(), function.folder(), artifact, tools(flags, terminal.env()));
        return new Builder(new WallClock()).build(order, this::log);
    }

    /** What a build uses of this machine. */
    static BuildOrder.Tools tools(CodeFlags flags, Map<String, String> env) {
        return new BuildOrder.Tools(
                Path.of(System.getProperty("nucleon.home", "")),
                Path.of(System.getProperty("java.home")),
                cache(env),
                flags.allowed().isEmpty() ? AddressRule.PUBLIC : new AddressRule(Set.copyOf(flags.allowed())),
                CodeLimits.DEFAULT,
                ReadOptions.DEFAULT);
    }

    private static Path cache(Map<String, String> env) {
        String named = env.getOrDefault("XDG_CACHE_HOME", "");
        Path home = Path.of(env.getOrDefault("HOME", System.getProperty("user.home", "/")));
        return (named.startsWith("/") ? Path.of(named) : home.resolve(".cache")).resolve("nucleon/builder");
    }

    private void log(String line) {
        if (global.verbosity() > 0) {
            terminal.err().println(Look.harmless(line));
        }
    }

    /** {@code ok  build   3 of 4 steps cached   2.4 s}. */
    void tell(String what, String how, long millis) {
        if (!global.quiet() && !global.output().isDocument()) {
            terminal.err().printf(Locale.ROOT, "ok  %-7s %-40s %5.1f s%n", what, how, millis / 1000.0);
            terminal.err().flush();
        }
    }

    static String summary(BuildReport report) {
        long cached = report.steps().stream().filter(BuildReport.Taken::cached).count();
        return cached + " of " + report.steps().size() + " steps cached";
    }

    static long millis(BuildReport report) {
        return report.steps().stream().mapToLong(BuildReport.Taken::millis).sum();
    }

    static JsonWriter steps(JsonWriter json, List<BuildReport.Taken> steps) {
        json.name("steps").array();
        for (BuildReport.Taken step : steps) {
            json.object().name("name").value(step.name()).name("ms").value(step.millis());
            json.name("cached").value(step.cached()).endObject();
        }
        return json.endArray();
    }
}
