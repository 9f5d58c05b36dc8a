package io.nucleon.cli;

import io.nucleon.command.Terminal;

/** The entry of every verb but those that serve functions. Confined to the main thread. */
public final class Main {
    private Main() {}

    /** Runs the verb that the words name and ends the process with its exit code. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.ofProcess();
        int exit = new Cli(terminal).run(args);
        terminal.out().flush();
        terminal.err().flush();
        System.exit(exit);
    }
}
