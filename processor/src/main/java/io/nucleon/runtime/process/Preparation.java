package io.nucleon.runtime.process;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.program.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a wrapper needs before its first start, such as a compiler's run: the manifest's {@code prepare}. It prints {@code name=value} lines,
 * which command and environment may name as <code>{name}</code>; when it fails, the JSON of a FAULT frame.
 */
final class Preparation {

    /** A compiler on a busy machine takes a few seconds; this only ends what hangs. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final int MAX_OUTPUT = 64 * 1024;
    private static final Pattern LINE = Pattern.compile("([a-z]\\w*)=(.*)");

    private Preparation() {}

    /**
     * Runs it and waits.
     *
     * @return values by name, those of {@code wrapper} and {@code interpreter} among them
     * @throws io.nucleon.error.NucleonException what it says when it fails
     */
    static Map<String, String> run(WrapperManifest manifest, Path interpreter) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("wrapper", manifest.folder().toString());
        values.put("interpreter", interpreter.toString());
        if (!manifest.prepare().isEmpty()) {
            List<String> command = manifest.prepare().stream()
                    .map(argument -> fill(argument, values))
                    .toList();
            for (String line : output(manifest, command).split("\n")) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    values.put(matcher.group(1), matcher.group(2));
                }
            }
        }
        return Map.copyOf(values);
    }

    /** The text with values in the place of their names. */
    static String fill(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }

    private static String output(WrapperManifest manifest, List<String> command) {
        try {
            Programs.Answer answer = Programs.run(command, true, LIMIT, MAX_OUTPUT);
            if (answer.exit() == 0) {
                return answer.text();
            }
            throw failed(manifest, command, answer.text()).toException();
        } catch (IOException e) {
            throw failed(manifest, command, String.valueOf(e.getMessage())).toException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(manifest, command, "it was interrupted").toException(e);
        }
    }

    private static ErrorMessage failed(WrapperManifest manifest, List<String> command, String output) {
        int json = output.lastIndexOf("\n{") + 1;
        if (output.startsWith("{", json)) {
            return Hello.fault(output.substring(json).getBytes(StandardCharsets.UTF_8));
        }
        return ErrorMessage.of(
                ErrorCode.WORKER_START_FAILED,
                "preparing the " + manifest.language() + " wrapper failed",
                output.isEmpty() ? "it said nothing" : output,
                "see why this fails: " + String.join(" ", command));
    }
}
