package io.nucleon.cli;

import io.nucleon.cli.Diagnosis.Check;
import io.nucleon.command.LookOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.host.UserFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code nucleon doctor}: what this machine has, and what that keeps from running. Confined to one command. */
final class DoctorVerb {
    private static final int WIDTH = 100;

    private final Terminal terminal;
    private final LookOptions.Doctor options;
    private final Look look;

    DoctorVerb(Terminal terminal, LookOptions.Doctor options) {
        this.terminal = terminal;
        this.options = options;
        this.look = terminal.outLook(options.global().colour());
    }

    int run(UserFolders folders) {
        Documents.refuse(options.global().output(), Output.NAME);
        Path home = Path.of(System.getProperty("nucleon.home", terminal.env().getOrDefault("NUCLEON_HOME", ".")));
        Diagnosis diagnosis = new Diagnosis(home, folders, terminal.env());
        List<Check> checks = diagnosis.run();
        Output output = options.global().output();
        if (output.isDocument()) {
            Documents.print(terminal, output, json(checks));
        } else {
            terminal.out().print(look.symbols(text(checks, diagnosis.runnable())));
        }
        terminal.out().flush();
        List<Check> bad = checks.stream().filter(check -> !check.ok()).toList();
        if (options.strict() && !bad.isEmpty()) {
            throw ErrorMessage.of(
                            ErrorCode.CHECK_FAILED,
                            "this machine lacks something: " + bad.getFirst().text(),
                            bad.getFirst().blocks(),
                            "nucleon explain " + bad.getFirst().code())
                    .toException();
        }
        return 0;
    }

    private String text(List<Check> checks, String runnable) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        int columns = Math.min(WIDTH, terminal.outColumns());
        for (Check check : checks.stream().filter(Check::ok).toList()) {
            String cell = "ok  " + check.text();
            if (column > 0 && column + cell.length() > columns) {
                text.append('\n');
                column = 0;
            }
            if (column > 0) {
                text.append("     ");
            }
            text.append(look.paint(Role.OK, "ok")).append("  ").append(Look.harmless(check.text()));
            column += cell.length() + 5;
        }
        text.append('\n');
        for (Check check : checks.stream().filter(one -> !one.ok()).toList()) {
            text.append(look.paint(check.fatal() ? Role.ERROR : Role.WARN, check.fatal() ? "!!" : "!"))
                    .append(check.fatal() ? "  " : "   ")
                    .append(Look.harmless(check.text()))
                    .append("   ")
                    .append(check.code())
                    .append("   ")
                    .append(Look.harmless(check.blocks()))
                    .append('\n');
        }
        long problems = checks.stream().filter(Check::fatal).count();
        long notes =
                checks.stream().filter(check -> !check.ok() && !check.fatal()).count();
        return text.append(String.format(
                        Locale.ROOT,
                        "%d %s, %d %s: %s functions run here%n",
                        problems,
                        problems == 1 ? "problem" : "problems",
                        notes,
                        notes == 1 ? "note" : "notes",
                        problems > 0 ? "no" : runnable))
                .toString();
    }

    private static String json(List<Check> checks) {
        JsonWriter json = Documents.begin("doctor").name("checks").array();
        for (Check check : checks) {
            json.object().name("name").value(check.name()).name("ok").value(check.ok());
            json.name("found").value(check.text());
            json.name("code").value(check.code().isEmpty() ? null : check.code());
            json.name("blocks")
                    .value(check.blocks().isEmpty() ? null : check.blocks())
                    .endObject();
        }
        return json.endArray().endObject().toString();
    }
}
