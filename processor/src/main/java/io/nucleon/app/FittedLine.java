package io.nucleon.app;

import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;

/**
 * One line for a reader with so many columns: parts that would go beyond the last are left out, those behind them too. Confined to one
 * thread.
 */
final class FittedLine {

    private static final String GAP = "  ";

    private final Look look;
    private final int columns;
    private final StringBuilder text = new StringBuilder(200);
    private int width;
    private boolean full;

    FittedLine(Look look, int columns) {
        this.look = look;
        this.columns = columns;
    }

    /** Adds a part that is always shown, unless it is empty. */
    FittedLine always(Role role, String part) {
        if (!part.isEmpty()) {
            put(role, look.symbols(part));
        }
        return this;
    }

    /** Adds a part if there is room for it. */
    FittedLine ifFits(Role role, String part) {
        String shown = look.symbols(part);
        if (!shown.isEmpty() && !full) {
            full = width + GAP.length() + shown.length() > columns;
            if (!full) {
                put(role, shown);
            }
        }
        return this;
    }

    private void put(Role role, String shown) {
        if (width > 0) {
            text.append(GAP);
            width += GAP.length();
        }
        text.append(role == null ? shown : look.paint(role, shown));
        width += shown.length();
    }

    @Override
    public String toString() {
        return text.toString().stripTrailing();
    }
}
