package io.nucleon.error;

import java.util.Map;

/**
 * How text is dressed for one output stream: with colours or without, with symbols or with their ASCII twins. Immutable.
 *
 * <p>Colours are roles out of the 16 of every terminal, so that the user's own theme wins.
 *
 * @param colour whether escape sequences may be written
 * @param unicode whether more than ASCII may be written
 */
public record Look(boolean colour, boolean unicode) {
    /** For pipes, files and logs whose reader takes UTF-8. */
    public static final Look PLAIN = new Look(false, true);

    private static final String RESET = "\u001b[0m";

    private static final Map<Character, String> TWINS = Map.ofEntries(
            Map.entry('·', "-"),
            Map.entry('…', "..."),
            Map.entry('×', "x"),
            Map.entry('≥', ">="),
            Map.entry('≤', "<="),
            Map.entry('µ', "u"),
            Map.entry('→', "->"),
            Map.entry('←', "<-"),
            Map.entry('–', "-"),
            Map.entry('—', "-"),
            Map.entry('±', "+-"),
            Map.entry('✓', "ok"),
            Map.entry('✗', "!!"),
            Map.entry('━', "="),
            Map.entry('─', "-"),
            Map.entry('▏', "|"),
            Map.entry('●', "*"),
            Map.entry('▲', "!"),
            Map.entry('█', "#"));

    /** What a colour says. */
    public enum Role {
        OK("32"),
        WARN("33"),
        ERROR("31"),
        ACCENT("34"),
        MUTED("2"),
        STRONG("1");

        private final String sgr;

        Role(String sgr) {
            this.sgr = sgr;
        }
    }

    /** The text in the colour of its role, or as it is where there are no colours. */
    public String paint(Role role, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + role.sgr + "m" + text + RESET : text;
    }

    /** The text with our symbols replaced by their ASCII twins, if that is asked for. Other characters stay. */
    public String symbols(String text) {
        if (unicode) {
            return text;
        }
        StringBuilder twin = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String other = c < 128 ? null : TWINS.get(c);
            if (other == null) {
                twin.append(c);
            } else {
                twin.append(other);
            }
        }
        return twin.toString();
    }

    /**
     * The text without control characters other than line ends and tabs: what a file, a worker or the network says can't move the
     * cursor or colour the screen.
     */
    public static String harmless(String text) {
        int bad = 0;
        while (bad < text.length() && !harmful(text.charAt(bad))) {
            bad++;
        }
        if (bad == text.length()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, bad);
        for (int i = bad; i < text.length(); i++) {
            char c = text.charAt(i);
            if (harmful(c)) {
                shown.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    /** Controls, and the marks that turn the direction of text, which can make it read as something else. */
    private static boolean harmful(char c) {
        return (c < ' ' && c != '\n' && c != '\t')
                || (c >= 0x7f && c <= 0x9f)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }
}
