package io.nucleon.cli;

import io.nucleon.command.HelpPage;
import io.nucleon.command.PageOptions;
import io.nucleon.command.Product;
import io.nucleon.command.Terminal;
import io.nucleon.command.Verb;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.error.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code nucleon help}: a verb in full, or a topic. Stateless. */
final class HelpVerb {
    static final String NUCTL = "nuctl";

    /** Pages beside this class, {@code help/NAME.txt}. */
    static final List<String> WRITTEN = List.of("config", "env", "exit-codes", NUCTL);

    static final String ERRORS = "errors";

    private HelpVerb() {}

    static int run(Terminal terminal, PageOptions.Help options) {
        Look look = terminal.outLook(options.global().colour());
        String text = options.subject()
                .map(subject -> page(subject, look))
                .orElseGet(() -> HelpPage.overview(Product.installed(), look) + "topics     nucleon help "
                        + String.join("|", topics()) + "\n");
        terminal.out().print(text);
        return 0;
    }

    static List<String> topics() {
        List<String> topics = new ArrayList<>(WRITTEN);
        topics.add(ERRORS);
        return topics;
    }

    private static String page(String subject, Look look) {
        Optional<Verb> verb = Verb.of(subject);
        if (verb.isPresent()) {
            return HelpPage.full(verb.get(), look);
        }
        if (subject.equals(ERRORS)) {
            return errors(look);
        }
        if (WRITTEN.contains(subject)) {
            return look.symbols(written(subject));
        }
        List<String> all = new ArrayList<>(Verb.words());
        all.addAll(topics());
        throw ErrorMessage.of(
                        ErrorCode.PAGE_UNKNOWN,
                        "no help for '" + subject + "'",
                        "",
                        NearestName.to(subject, all)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("there is help for: " + String.join(", ", all)))
                .toException();
    }

    private static String errors(Look look) {
        StringBuilder text = new StringBuilder(look.paint(Role.STRONG, "CODE      EXIT  WHAT")).append('\n');
        for (ErrorCode code : ErrorCode.values()) {
            String exit = String.valueOf(code.exit());
            text.append(code.code())
                    .append("  ")
                    .append(" ".repeat(4 - exit.length()))
                    .append(exit)
                    .append("  ")
                    .append(code.title())
                    .append('\n');
        }
        return text.append("\ncause, fixes and an example: nucleon explain CODE\n")
                .toString();
    }

    /** One of {@link #WRITTEN}. */
    static String written(String topic) {
        try (InputStream page = HelpVerb.class.getResourceAsStream("help/" + topic + ".txt")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
