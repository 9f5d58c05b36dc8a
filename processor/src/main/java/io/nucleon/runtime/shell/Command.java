package io.nucleon.runtime.shell;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.os.ProgramStarter;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.shell.ShellSetting.ThroughShell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is started for an event: a script with the program that reads it, or a program. Immutable.
 *
 * @param name as messages call it: the file's name or the word
 * @param program path of the file that is executed
 * @param first arguments before those of function and request; the program's own name is the first
 * @param isFile whether it is a file of the function: then arguments are taken apart at blanks, as in nuclio
 * @param shell path of the shell that reads arguments; null if none may
 */
record Command(String name, Path program, List<String> first, boolean isFile, Path shell) {

    /** nuclio's: where to look for scripts instead of the function's folder. */
    private static final String HANDLER_DIRECTORY = "NUCLIO_SHELL_HANDLER_DIR";

    /** Where nuclio's images have code. */
    private static final Path IMAGE_CODE = Path.of("/opt/nuclio");

    /** The kernel's own limit for the line of an interpreter. */
    private static final int MOST_OF_A_LINE = 256;

    private static final Set<String> SHELLS = Set.of("sh", "ash", "bash", "busybox", "dash", "ksh", "mksh", "zsh");

    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    /**
     * Finds what the function's handler names.
     *
     * @throws io.nucleon.error.NucleonException NUC-4021 when there is no such file or program, NUC-4004 when what runs it is missing
     */
    static Command find(RuntimeSetting setting, ShellSetting shell) {
        String module = setting.handler().split(":", -1)[0].strip();
        Programs programs = Programs.of(setting.environment().get("PATH"));
        Path file = module.isEmpty() ? null : fileOf(setting, module);
        if (file != null) {
            return ofFile(setting, file, programs);
        }
        Path found = module.isEmpty() || module.contains("/") ? null : programs.find(module);
        if (found == null) {
            throw ErrorMessage.of(
                            ErrorCode.HANDLER_MISSING,
                            "handler '" + module + "' of function '" + setting.name() + "' is not there",
                            "File doesn't exist neither in working dir nor in PATH",
                            "set spec.handler to a file in " + setting.directory() + ", or to a program on PATH")
                    .toException();
        }
        Path reader = shell.throughShell() == ThroughShell.NEVER ? null : need(setting, programs, "sh", module);
        return new Command(module, found, List.of(module), false, reader);
    }

    private static Path fileOf(RuntimeSetting setting, String module) {
        String named = setting.environment().getOrDefault(HANDLER_DIRECTORY, System.getenv(HANDLER_DIRECTORY));
        List<Path> folders =
                named == null || named.isEmpty() ? List.of(setting.directory(), IMAGE_CODE) : List.of(Path.of(named));
        try {
            for (Path folder : folders) {
                Path file = folder.resolve(module).toAbsolutePath().normalize();
                if (Files.isRegularFile(file)) {
                    return file;
                }
            }
        } catch (InvalidPathException e) {
            return null;
        }
        return null;
    }

    private static Command ofFile(RuntimeSetting setting, Path file, Programs programs) {
        String name = file.getFileName().toString();
        byte[] start = start(setting, file);
        if (isElf(start)) {
            return new Command(name, file, List.of(file.toString()), true, null);
        }
        List<String> reader = shebang(start);
        if (reader.isEmpty()) {
            return read(name, file, usualShell(setting, programs, name));
        }
        return read(name, file, resolve(setting, programs, reader, name));
    }

    private static Command read(String name, Path file, List<String> reader) {
        List<String> first = new ArrayList<>(reader);
        first.add(file.toString());
        return new Command(name, Path.of(reader.getFirst()), List.copyOf(first), true, null);
    }

    private static byte[] start(RuntimeSetting setting, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_OF_A_LINE);
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.HANDLER_MISSING,
                            "handler " + file + " of function '" + setting.name() + "' can't be read",
                            String.valueOf(e.getMessage()),
                            "let the processor's user read it")
                    .toException(e);
        }
    }

    private static boolean isElf(byte[] start) {
        for (int i = 0; i < ELF.length; i++) {
            if (i >= start.length || start[i] != ELF[i]) {
                return false;
            }
        }
        return true;
    }

    /** Interpreter and at most one argument, as the kernel reads the line; empty without one. */
    private static List<String> shebang(byte[] start) {
        String text = new String(start, StandardCharsets.UTF_8);
        if (!text.startsWith("#!")) {
            return List.of();
        }
        String line = text.lines().findFirst().orElse("").substring(2).strip();
        String[] parts = line.split("[ \t]+", 2);
        return parts[0].isEmpty() ? List.of() : List.of(parts);
    }

    /** {@code env NAME} is the same program without a detour of one more exec. */
    private static List<String> resolve(RuntimeSetting setting, Programs programs, List<String> reader, String name) {
        Path program = Path.of(reader.getFirst());
        boolean byName = reader.size() == 2
                && program.endsWith("env")
                && reader.get(1).chars().allMatch(c -> Character.isLetterOrDigit(c) || "._+-".indexOf(c) >= 0)
                && !reader.get(1).startsWith("-");
        if (byName) {
            return List.of(need(setting, programs, reader.get(1), name).toString());
        }
        if (!Files.isExecutable(program)) {
            throw missing(setting, reader.getFirst(), name);
        }
        return reader;
    }

    /**
     * For scripts that name none. nuclio's images have busybox, whose {@code sh} understands {@code [ a == b ]} and {@code echo -e}; so
     * does bash, while dash, the {@code sh} of Debian, does not.
     */
    private static List<String> usualShell(RuntimeSetting setting, Programs programs, String name) {
        Path busybox = programs.find("busybox");
        if (busybox != null) {
            return List.of(busybox.toString(), "sh");
        }
        Path bash = programs.find("bash");
        return List.of((bash != null ? bash : need(setting, programs, "sh", name)).toString());
    }

    private static Path need(RuntimeSetting setting, Programs programs, String word, String name) {
        Path found = programs.find(word);
        if (found == null) {
            throw missing(setting, word, name);
        }
        return found;
    }

    private static RuntimeException missing(RuntimeSetting setting, String interpreter, String name) {
        return ErrorMessage.of(
                        ErrorCode.INTERPRETER_MISSING,
                        "no '" + interpreter + "' found, which runs " + name + " of function '" + setting.name() + "'",
                        "it is named by the script's first line or needed for the function's arguments",
                        "install it, or name another in the first line: #!/bin/sh")
                .toException();
    }

    /**
     * Looks at a shell script without running it; what others read is not looked at.
     *
     * @throws io.nucleon.error.NucleonException NUC-4022
     */
    void check() {
        List<String> words = new ArrayList<>(first);
        String script = words.removeLast();
        if (isFile && !words.isEmpty() && SHELLS.contains(program.getFileName().toString())) {
            SyntaxCheck.of(words, Path.of(script));
        }
    }

    /** Of a shell script none are one empty argument, as in nuclio, which knows no other scripts. */
    private List<String> taken(String arguments) {
        if (!isFile) {
            return Arguments.words(arguments);
        }
        boolean byShell = SHELLS.contains(program.getFileName().toString());
        return arguments.isEmpty() && !byShell ? List.of() : Arguments.atBlanks(arguments);
    }

    /** The program to start with these arguments, those of the request if {@code fromRequest}. */
    ProgramStarter.Program with(String arguments, boolean fromRequest, ThroughShell through, List<String> environment) {
        boolean byShell = shell != null && (!fromRequest || through == ThroughShell.ALL);
        List<String> all = new ArrayList<>();
        if (byShell) {
            all.addAll(List.of("sh", "-c", name + " " + arguments));
        } else {
            all.addAll(first);
            all.addAll(taken(arguments));
        }
        Path file = byShell ? shell : program;
        return new ProgramStarter.Program(file.toString(), all, environment);
    }
}
