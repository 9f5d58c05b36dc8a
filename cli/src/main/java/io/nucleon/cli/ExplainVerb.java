package io.nucleon.cli;

import io.nucleon.command.Output;
import io.nucleon.command.PageOptions;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.error.MessageText;
import io.nucleon.error.NearestName;
import io.nucleon.host.LastError;
import io.nucleon.host.UserFolders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code nucleon explain}: the page of a code, of the last error, of a field. Stateless. */
final class ExplainVerb {
    private static final String LAST = "last";

    private ExplainVerb() {}

    static int run(Terminal terminal, UserFolders folders, PageOptions.Explain options) {
        Output output = options.global().output();
        Documents.refuse(output, Output.NAME);
        Look look = terminal.outLook(options.global().colour());
        String subject = options.subject();
        if (subject.equals(LAST)) {
            last(terminal, output, folders, look);
            return 0;
        }
        Optional<ErrorCode> code = code(subject);
        if (code.isPresent()) {
            show(terminal, output, output.isDocument() ? json(code.get()) : page(code.get(), look));
        } else {
            FieldPage field = FieldPage.of(subject).orElseThrow(() -> noPage(subject));
            show(terminal, output, output.isDocument() ? field.json() : field.text(look));
        }
        return 0;
    }

    private static void show(Terminal terminal, Output output, String text) {
        if (output.isDocument()) {
            Documents.print(terminal, output, text);
        } else {
            terminal.out().print(text);
        }
    }

    private static void last(Terminal terminal, Output output, UserFolders folders, Look look) {
        ErrorMessage last = new LastError(folders).recall().orElseThrow(ExplainVerb::nothingYet);
        show(
                terminal,
                output,
                output.isDocument() ? MessageText.json(last) : last(last, look) + page(last.code(), look));
    }

    private static Optional<ErrorCode> code(String subject) {
        String wanted = normal(subject);
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.code().equals(wanted))
                .findFirst();
    }

    /** A code with its letters, however little of it was typed. */
    private static String normal(String subject) {
        String wanted = subject.toUpperCase(Locale.ROOT);
        return wanted.chars().allMatch(Character::isDigit) ? "NUC-" + wanted : wanted;
    }

    private static RuntimeException noPage(String subject) {
        List<String> codes = new ArrayList<>(
                Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList());
        codes.add(LAST);
        String advice = NearestName.to(normal(subject), codes)
                .map(near -> "did you mean '" + near + "'?")
                .or(() -> FieldPage.near(subject))
                .orElse("all codes: nucleon help errors");
        return ErrorMessage.of(ErrorCode.PAGE_UNKNOWN, "no page for '" + subject + "'", "", advice)
                .toException();
    }

    private static RuntimeException nothingYet() {
        return ErrorMessage.of(
                        ErrorCode.PAGE_UNKNOWN,
                        "no error to explain",
                        "no command of yours has failed yet",
                        "all codes: nucleon help errors")
                .toException();
    }

    /** The message again, with the detail that was too long for it. */
    private static String last(ErrorMessage message, Look look) {
        StringBuilder text = new StringBuilder(MessageText.terminal(message, look));
        if (!message.detail().isEmpty()) {
            text.append('\n')
                    .append(Look.harmless(message.detail().stripTrailing()))
                    .append('\n');
        }
        return text.append('\n').toString();
    }

    private static String page(ErrorCode code, Look look) {
        StringBuilder text = new StringBuilder()
                .append(look.paint(Role.STRONG, code.code() + " " + code.title()))
                .append('\n');
        boolean example = false;
        for (String line : body(code).lines().toList()) {
            if (line.startsWith("```")) {
                example = !example;
            } else if (example) {
                text.append("  ").append(look.symbols(line)).append('\n');
            } else {
                text.append(look.symbols(line.replace("`", ""))).append('\n');
            }
        }
        return text.toString();
    }

    private static String json(ErrorCode code) {
        return Documents.begin("page")
                .name("code")
                .value(code.code())
                .name("title")
                .value(code.title())
                .name("exit")
                .value(code.exit())
                .name("httpStatus")
                .value(code.httpStatus())
                .name("text")
                .value(body(code))
                .endObject()
                .toString();
    }

    private static String body(ErrorCode code) {
        return ErrorPages.packed().page(code).orElse("");
    }
}
