package io.nuclio.testing;

import java.util.Locale;

/** Gives header names the form in which HTTP events carry them. Stateless. */
final class HeaderNames {

    private HeaderNames() {}

    /** {@code x-foo-BAR} to {@code X-Foo-Bar}. */
    static String canonical(String name) {
        StringBuilder canonical = new StringBuilder(name.toLowerCase(Locale.ROOT));
        boolean first = true;
        for (int i = 0; i < canonical.length(); i++) {
            char c = canonical.charAt(i);
            if (first) {
                canonical.setCharAt(i, Character.toUpperCase(c));
            }
            first = c == '-';
        }
        return canonical.toString();
    }
}
