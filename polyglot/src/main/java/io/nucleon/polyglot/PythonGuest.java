package io.nucleon.polyglot;

import java.io.IOException;
import org.graalvm.polyglot.Context;

/** The Python wrapper in a context; it waits in the host's connection, so it serves until its end in one call. */
record PythonGuest(GuestSite site, Port port) implements Guest {

    static void configure(Context.Builder builder) {
        builder.option("python.PosixModuleBackend", "java")
                .option("python.DontWriteBytecodeFlag", "true")
                // No native code is loaded at all; with this a second context says so as the first does, by an
                // ImportError.
                .option("python.IsolateNativeModules", "true")
                .option("python.IsolateFlag", "true")
                .option("python.NoUserSiteFlag", "true");
    }

    @Override
    public void serve() throws IOException {
        PythonHost host = new PythonHost(site.setting(), port);
        site.context().eval(GuestSources.python("boot")).execute(host.members());
    }
}
