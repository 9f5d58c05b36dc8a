package io.nucleon.cli;

import io.nucleon.cli.cases.Mismatch;
import io.nucleon.cli.cases.Result;
import io.nucleon.cli.cases.TestCase;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.command.TestOptions;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Shows results as they come: fitted columns on a terminal, tabs in a pipe, or one document at the end. Confined to one command. */
final class TestText {
    private static final int MOST_NAME = 50;

    private final Terminal terminal;
    private final Output output;
    private final Look look;
    private final int fileWidth;
    private final int nameWidth;

    TestText(Terminal terminal, TestOptions options, Collection<List<TestCase>> cases) {
        this.terminal = terminal;
        this.output = options.global().output();
        this.look = terminal.outLook(options.global().colour());
        this.fileWidth = cases.stream()
                .flatMap(List::stream)
                .mapToInt(one -> one.file().length())
                .max()
                .orElse(0);
        this.nameWidth = Math.min(
                MOST_NAME,
                cases.stream()
                        .flatMap(List::stream)
                        .mapToInt(one -> one.name().length())
                        .max()
                        .orElse(0));
    }

    /** A case has ended. */
    void add(Result result) {
        if (output.isDocument()) {
            return;
        }
        TestCase test = result.testCase();
        String word = switch (result.state()) {
            case PASSED -> look.paint(Role.OK, "ok  ");
            case UPDATED -> look.paint(Role.WARN, "new ");
            case FAILED -> look.paint(Role.ERROR, "FAIL");
            case SKIPPED -> look.paint(Role.MUTED, "skip");
        };
        String time = Double.isFinite(result.millis()) ? String.format(Locale.ROOT, "%.1f ms", result.millis()) : "";
        StringBuilder line = new StringBuilder();
        if (terminal.outIsTerminal()) {
            line.append(word)
                    .append("  ")
                    .append(padded(test.file(), fileWidth))
                    .append("   ");
            line.append(padded(test.name(), nameWidth)).append("   ").append(padded(time, 8));
        } else {
            line.append(word.strip()).append('\t').append(shown(test.file())).append('\t');
            line.append(shown(test.name())).append('\t').append(time);
        }
        String gap = terminal.outIsTerminal() ? "   " : "\t";
        if (result.state() == Result.State.SKIPPED) {
            line.append(gap).append(shown(test.skip()));
        }
        List<Mismatch> mismatches = result.mismatches();
        if (!mismatches.isEmpty()) {
            line.append(gap).append(shown(mismatches.getFirst().toString()));
        }
        terminal.out().println(look.symbols(line.toString().stripTrailing()));
        mismatches.stream()
                .skip(1)
                .forEach(one -> terminal.out().println(look.symbols("      " + shown(one.toString()))));
        terminal.out().flush();
    }

    /** All have. */
    void end(List<Result> results) {
        long passed = results.stream().filter(Result::holds).count();
        long failed = count(results, Result.State.FAILED);
        long skipped = count(results, Result.State.SKIPPED);
        if (output.isDocument()) {
            JsonWriter json = Documents.begin("tests").name("cases").array();
            results.forEach(result -> one(json, result));
            json.endArray().name("passed").value(passed).name("failed").value(failed);
            Documents.print(
                    terminal,
                    output,
                    json.name("skipped").value(skipped).endObject().toString());
        } else {
            terminal.out().println(passed + " passed, " + failed + " failed, " + skipped + " skipped");
        }
        terminal.out().flush();
    }

    private static void one(JsonWriter json, Result result) {
        TestCase test = result.testCase();
        json.object()
                .name("file")
                .value(test.position().file())
                .name("line")
                .value(test.position().line());
        json.name("name").value(test.name());
        json.name("state").value(result.state().name().toLowerCase(Locale.ROOT));
        json.name("ms").value(result.millis()).name("problems").array();
        for (Mismatch mismatch : result.mismatches()) {
            json.object().name("line").value(mismatch.position().line());
            json.name("text").value(mismatch.text()).endObject();
        }
        json.endArray().endObject();
    }

    private static long count(List<Result> results, Result.State state) {
        return results.stream().filter(result -> result.state() == state).count();
    }

    private static String padded(String text, int width) {
        String shown = shown(text);
        return shown + " ".repeat(Math.max(0, width - shown.length()));
    }

    private static String shown(String text) {
        return Look.harmless(text).replace('\n', ' ').replace('\t', ' ');
    }
}
