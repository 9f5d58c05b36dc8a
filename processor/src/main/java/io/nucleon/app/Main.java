package io.nucleon.app;

/** The processor's entry point, started by the launcher for {@code run} and {@code processor}. Confined to the main thread. */
public final class Main {
    private static final int EXIT_USAGE = 2;

    private Main() {}

    /** Runs the verb in {@code args[0]} and ends the process with its exit code. */
    public static void main(String[] args) {
        String verb = args.length == 0 ? "help" : args[0];
        switch (verb) {
            case "version", "--version", "-V" -> System.out.println("nucleon " + version());
            default -> {
                System.err.println("error: no verb '" + verb + "'; verbs: version");
                System.exit(EXIT_USAGE);
            }
        }
    }

    /** From the jar's manifest, so that the pom is the only place that names it. */
    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(unpacked classes)" : version;
    }
}
