package io.nucleon.polyglot;

import java.util.Locale;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.ResourceLimits;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.io.FileSystem;
import org.graalvm.polyglot.io.IOAccess;

/** Makes the contexts of all workers, on one engine, so that code is parsed and compiled once for all of them. Safe for many threads. */
final class Contexts implements AutoCloseable {

    /** Buffers are looked into, nothing else of Java's: no members, no classes, no arrays. One object, as an engine wants the same for all. */
    private static final HostAccess BUFFERS_ONLY =
            HostAccess.newBuilder(HostAccess.NONE).allowBufferAccess(true).build();

    private Engine engine;

    /** A context that can do what its setting grants and nothing else. */
    GuestSite open(GuestSetting setting, GuestOutput output) {
        ConfinedFiles files = ConfinedFiles.of(setting);
        ModuleFiles modules = new ModuleFiles(files);
        boolean imports = setting.language() == GuestLanguage.JAVASCRIPT;
        Context.Builder builder = Context.newBuilder(setting.language().id())
                .engine(engine())
                .sandbox(SandboxPolicy.TRUSTED)
                .allowHostAccess(BUFFERS_ONLY)
                .allowHostClassLookup(null)
                .allowHostClassLoading(false)
                .allowNativeAccess(false)
                .allowCreateProcess(false)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                .allowEnvironmentAccess(EnvironmentAccess.NONE)
                .allowInnerContextOptions(false)
                .allowExperimentalOptions(true)
                .allowCreateThread(setting.language() == GuestLanguage.PYTHON)
                .allowIO(IOAccess.newBuilder()
                        // The language also reads its own library.
                        .fileSystem(FileSystem.allowInternalResourceAccess(imports ? modules : files))
                        .allowHostSocketAccess(setting.network() == GuestSetting.Network.ANY)
                        .build())
                .currentWorkingDirectory(setting.directory().toAbsolutePath())
                .environment(setting.environment())
                .out(output.out())
                .err(output.err());
        if (setting.statements() > 0) {
            builder.resourceLimits(ResourceLimits.newBuilder()
                    .statementLimit(setting.statements(), null)
                    .build());
        }
        switch (setting.language()) {
            case JAVASCRIPT -> JavaScriptGuest.configure(builder);
            case PYTHON -> PythonGuest.configure(builder);
        }
        return new GuestSite(setting, builder.build(), files, modules, output);
    }

    /** Whether hot code is compiled to machine code. */
    boolean isCompiling() {
        return !engine().getImplementationName().toLowerCase(Locale.ROOT).contains("interpreted");
    }

    private synchronized Engine engine() {
        if (engine == null) {
            engine = Engine.newBuilder("js", "python")
                    .allowExperimentalOptions(true)
                    // The banner says so, and what to do.
                    .option("engine.WarnInterpreterOnly", "false")
                    .build();
        }
        return engine;
    }

    @Override
    public synchronized void close() {
        if (engine != null) {
            engine.close(true);
        }
    }
}
