package io.nucleon.polyglot;

import io.nucleon.wrapper.Connection;
import java.io.IOException;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/**
 * The Node.js wrapper in a context. The event loop is half here: {@code step} does what is due and says how long there is nothing to do;
 * promises go on whenever it returns.
 */
record JavaScriptGuest(GuestSite site, Port port) implements Guest {

    static void configure(Context.Builder builder) {
        builder.option("js.text-encoding", "true")
                .option("js.async-context", "true")
                .option("js.unhandled-rejections", "handler")
                .option("js.load", "false")
                .option("js.print", "false")
                .option("js.polyglot-builtin", "false")
                .option("js.java-package-globals", "false");
    }

    @Override
    public void serve() throws IOException {
        JavaScriptHost host = new JavaScriptHost(site, port);
        Value step = site.context().eval(GuestSources.javaScript("boot")).execute(host.members());
        while (port.exitStatus() < 0) {
            double idleNanos = step.execute().asDouble();
            if (idleNanos != 0 && port.exitStatus() < 0) {
                try {
                    port.await(idleNanos < 0 ? Connection.FOREVER : (long) idleNanos);
                } catch (IOException gone) {
                    host.end();
                    throw gone;
                }
            }
        }
    }
}
