package io.nucleon.polyglot;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The worker process of {@code isolation: process}: one context after the other, until the processor says stop. */
public final class IsolatedMain {

    private IsolatedMain() {}

    /** Started by the processor, with its socket, token and number in the environment and the setting as properties. */
    public static void main(String[] args) throws InterruptedException {
        if (System.getenv("NUCLEON_SOCKET") == null || System.getProperty(IsolatedJvm.PREFIX + "language") == null) {
            System.err.println("io.nucleon.polyglot.IsolatedMain is started by the processor");
            Runtime.getRuntime().halt(2);
        }
        io.nucleon.wrapper.Parent.watch(System.getenv("NUCLEON_PARENT"));
        Contexts contexts = new Contexts();
        GuestOutput output =
                new GuestOutput(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err));
        GuestWorker worker = new GuestWorker(setting(), contexts, output, System.getenv());
        Threads.start("nucleon-heap", new HeapWatch(worker.exit(), worker::endContext));
        // Not the main thread, whose stack is the operating system's.
        Threads.start("handler", worker).join();
        Runtime.getRuntime().halt(worker.exit().join());
    }

    private static GuestSetting setting() {
        Map<String, String> environment = Arrays.stream(property("environment").split(","))
                .filter(name -> System.getenv(name) != null)
                .collect(Collectors.toMap(name -> name, System::getenv));
        return new GuestSetting(
                GuestLanguage.of(property("language")).orElseThrow(),
                property("function"),
                Path.of(property("home")),
                Path.of(property("directory")),
                environment,
                GuestSetting.Files.valueOf(property("files").toUpperCase(Locale.ROOT)),
                GuestSetting.Network.valueOf(property("network").toUpperCase(Locale.ROOT)),
                Long.parseLong(property("statements")),
                0);
    }

    private static String property(String name) {
        return System.getProperty(IsolatedJvm.PREFIX + name, "");
    }
}
