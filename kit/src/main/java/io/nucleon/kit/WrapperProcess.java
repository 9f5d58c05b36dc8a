package io.nucleon.kit;

import io.nucleon.os.Signals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A wrapper as a process, in a group of its own where the machine has setsid. Its output goes to a file. */
final class WrapperProcess {

    private static final int LAST_CHARS = 600;
    /** Its own process id is in the variable, and it goes on when the worker does not end. */
    private static final String ANOTHER = "NUCLEON_PARENT=$$ \"$@\" & wait $!";

    private final Process process;
    private final Path output;
    private final boolean leadsGroup;

    private WrapperProcess(Process process, Path output, boolean leadsGroup) {
        this.process = process;
        this.output = output;
        this.leadsGroup = leadsGroup;
    }

    /** Starts it; {@code connection} tells it where to connect. */
    static WrapperProcess start(KitSetting setting, Path output, boolean behindAnother, Map<String, String> connection)
            throws IOException {
        List<String> command = new ArrayList<>();
        boolean setsid = Files.isExecutable(Path.of("/usr/bin/setsid")) || Files.isExecutable(Path.of("/bin/setsid"));
        if (setsid) {
            command.add("setsid");
        }
        if (behindAnother) {
            command.addAll(List.of("sh", "-c", ANOTHER, "sh"));
        }
        command.addAll(setting.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(setting.functions().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("NUCLEON_"));
        environment.putAll(setting.environment());
        environment.putAll(connection);
        Process process = builder.start();
        process.getOutputStream().close();
        return new WrapperProcess(process, output, setsid);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** 128 and the signal for one that a signal ended, as the JDK has it. */
    int exitValue() {
        return process.exitValue();
    }

    void onExit(Runnable then) {
        process.onExit().thenRun(then);
    }

    /** How it ended, with its last words. */
    String end() {
        String words = lastWords();
        return "the process ended (" + Signals.describeExit(process.exitValue()) + ")"
                + (words.isEmpty() ? "" : "; its last words: " + words);
    }

    /** The end of what it printed. */
    String lastWords() {
        try {
            String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
            return text.length() <= LAST_CHARS ? text : "…" + text.substring(text.length() - LAST_CHARS);
        } catch (IOException e) {
            return "";
        }
    }

    /** Ends the process alone. */
    void kill() {
        process.destroyForcibly();
    }

    /** Ends whatever is left of it. */
    void killTree() {
        if (leadsGroup) {
            Signals.toGroup(process.pid(), Signals.KILL);
        }
        process.destroyForcibly();
    }
}
