package io.nucleon.command;

import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What help says about the verbs. Stateless; every text ends with a line end.
 *
 * <p>The pages are those of {@code docs/cli.md}, packed with this class and tied to the flags' annotations by a test: reading the
 * annotations takes longer than the rest of a command.
 */
public final class HelpPage {
    private static final String GLOBAL = "\nFlags of every verb\n";

    private HelpPage() {}

    /** Bare {@code nucleon}: all verbs by what a user is about to do. */
    public static String overview(Product product, Look look) {
        StringBuilder text = new StringBuilder()
                .append(look.paint(Role.STRONG, "nucleon " + product.version()))
                .append(look.symbols(" · runs nuclio's functions as they are, on HTTP and events\n\n"));
        Verb.Group group = null;
        for (Verb verb : Verb.values()) {
            String title = verb.group() == group ? "" : verb.group().title();
            group = verb.group();
            text.append(look.paint(Role.ACCENT, pad(title, 9)))
                    .append(pad(verb.word(), 13))
                    .append(verb.summary())
                    .append('\n');
        }
        return text.append(
                        "\nnew here?  nucleon new hello && nucleon run hello     then, in another terminal:  nucleon invoke hello\n")
                .append("flags      nucleon VERB -h\n")
                .toString();
    }

    /** {@code VERB -h}: two examples and the verb's own flags. */
    public static String brief(Verb verb, Look look) {
        String page = page(verb);
        // Synopsis, examples, own words and flags: each block ends with an empty line.
        List<String> blocks = List.of(page.substring(0, page.indexOf(GLOBAL)).split("\n\n"));
        StringBuilder text = new StringBuilder(blocks.get(1).stripTrailing()).append("\n\n");
        text.append(heading(blocks.get(0), look)).append("\n\n");
        blocks.stream()
                .skip(2)
                .forEach(block -> text.append(block.stripTrailing()).append("\n\n"));
        return look.symbols(text.append("all of it: ")
                .append(look.paint(Role.ACCENT, "nucleon help " + verb.word()))
                .append('\n')
                .toString());
    }

    /** {@code help VERB}: everything. */
    public static String full(Verb verb, Look look) {
        StringBuilder text = new StringBuilder();
        for (String line : page(verb).split("\n")) {
            text.append(heading(line, look)).append('\n');
        }
        return look.symbols(text.toString());
    }

    private static String page(Verb verb) {
        String all = packed();
        String fence = "\n## nucleon " + verb.word() + "\n\n```text\n";
        int start = all.indexOf(fence) + fence.length();
        return all.substring(start, all.indexOf("```", start));
    }

    private static String packed() {
        try (InputStream file = HelpPage.class.getResourceAsStream("cli.md")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line that begins at the margin is a heading; of a synopsis only the command is. */
    private static String heading(String line, Look look) {
        if (line.isEmpty() || line.charAt(0) == ' ') {
            return line;
        }
        int second = line.startsWith("nucleon ") ? line.indexOf(' ', "nucleon ".length()) : line.length();
        return look.paint(Role.STRONG, line.substring(0, second)) + line.substring(second);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
