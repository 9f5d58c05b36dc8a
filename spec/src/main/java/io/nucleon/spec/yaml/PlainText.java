package io.nucleon.spec.yaml;

/** Which texts need no quotes. Stricter than YAML: a text in doubt gets quotes. */
final class PlainText {
    private static final String INNER = " _-./+@%^()=,$;~";

    private PlainText() {}

    /** True for letters, digits and harmless signs, not at the ends, so that no reader can see anything but this text. */
    static boolean isSafe(String text) {
        if (text.isEmpty() || text.endsWith(" ") || !isStart(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean colon = c == ':' && i + 1 < text.length() && text.charAt(i + 1) != ' ';
            if (!isStart(c) && INNER.indexOf(c) < 0 && !colon) {
                return false;
            }
        }
        return true;
    }

    /** True for a text of several lines that can stand below a '|' as it is. */
    static boolean isBlock(String text) {
        boolean lines = text.indexOf('\n') >= 0 && !text.startsWith(" ") && !text.startsWith("\n");
        if (!lines || text.endsWith("\n\n")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean printable = (c >= ' ' && c < 0x7F) || (c >= 0xA0 && c < 0xD800 && c != 0x2028 && c != 0x2029);
            if (!printable && c != '\n' && c != '\t') {
                return false;
            }
        }
        return !text.startsWith("\t");
    }

    private static boolean isStart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '/'
                || c == '_'
                || c == '.';
    }
}
