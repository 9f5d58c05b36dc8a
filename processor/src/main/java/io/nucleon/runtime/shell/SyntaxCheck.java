package io.nucleon.runtime.shell;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Place;
import io.nucleon.program.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets a shell read a script without running it. Stateless. */
final class SyntaxCheck {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MOST_SAID = 4096;

    /** bash and busybox: {@code FILE: line 3: syntax error}; dash: {@code FILE: 3: Syntax error}. */
    private static final Pattern SAID = Pattern.compile("^.*?: (?:line )?(\\d+): (.*)$");

    private SyntaxCheck() {}

    /** @throws io.nucleon.error.NucleonException NUC-4022 with the line that the shell names */
    static void of(List<String> shell, Path script) {
        List<String> command = new ArrayList<>(shell);
        command.add("-n");
        command.add(script.toString());
        try {
            Programs.Answer answer = Programs.run(command, true, LIMIT, MOST_SAID);
            if (answer.exit() != 0) {
                throw refused(shell, script, answer.text());
            }
        } catch (IOException e) {
            // the shell can't be started, which its worker will tell of
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException refused(List<String> shell, Path script, String said) {
        Matcher matcher = SAID.matcher(said.lines().findFirst().orElse(""));
        boolean known = matcher.matches();
        int line = known && matcher.group(1).length() < 9 ? Integer.parseInt(matcher.group(1)) : 0;
        String what = known ? matcher.group(2) : said;
        return ErrorMessage.of(
                        ErrorCode.SOURCE_INVALID,
                        script.getFileName() + (line > 0 ? ":" + line : "") + " " + what,
                        Path.of(shell.getFirst()).getFileName() + " can't read it",
                        "fix the line and save")
                .at(new Place(script.toString(), line, 0, source(script, line), ""))
                .toException();
    }

    private static String source(Path script, int line) {
        try {
            List<String> lines = Files.readAllLines(script, StandardCharsets.UTF_8);
            return line > 0 && line <= lines.size() ? lines.get(line - 1) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
