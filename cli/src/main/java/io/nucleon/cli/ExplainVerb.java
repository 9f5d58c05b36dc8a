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

/** {@code nucleon explain}: the page of a code, of the last error. Stateless. */
final class ExplainVerb {
    private static final String LAST = "last";

    private ExplainVerb() {}

    static int run(Terminal terminal, UserFolders folders, PageOptions.Explain options) {
        Output output = options.global().output();
        Documents.refuse(output, Output.NAME);
        Look look = terminal.outLook(options.global().colour());
        ErrorCode code;
        if (options.subject().equals(LAST)) {
            ErrorMessage last = new LastError(folders).recall().orElseThrow(ExplainVerb::nothingYet);
            if (output.isDocument()) {
                Documents.print(terminal, output, MessageText.json(last));
                return 0;
            }
            terminal.out().print(last(last, look));
            code = last.code();
        } else {
            code = code(options.subject());
        }
        if (output.isDocument()) {
            Documents.print(terminal, output, json(code));
        } else {
            terminal.out().print(page(code, look));
        }
        return 0;
    }

    private static ErrorCode code(String subject) {
        String wanted = subject.toUpperCase(Locale.ROOT);
        String full = wanted.chars().allMatch(Character::isDigit) ? "NUC-" + wanted : wanted;
        Optional<ErrorCode> known = Arrays.stream(ErrorCode.values())
                .filter(code -> code.code().equals(full))
                .findFirst();
        return known.orElseThrow(() -> noPage(subject, full));
    }

    private static RuntimeException noPage(String subject, String wanted) {
        List<String> codes = new ArrayList<>(
                Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList());
        codes.add(LAST);
        String advice = NearestName.to(wanted, codes)
                .map(near -> "did you mean '" + near + "'?")
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
