package io.nucleon.invoke;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a handler raised, as its worker described it and unchecked: may hold any character. Immutable.
 *
 * @param type name of the exception's class
 * @param at file and line of the user's innermost frame, empty if unknown
 * @param message empty for none
 */
public record Raised(String type, String at, String message) {

    /** Reads {@link ResponseView#extra()}, leaving its position alone; never throws. */
    public static Raised of(ByteBuffer pairs) {
        String[] parts =
                StandardCharsets.UTF_8.decode(pairs.duplicate()).toString().split("\0", -1);
        String type = "";
        String at = "";
        String message = "";
        for (int i = 0; i + 1 < parts.length; i += 2) {
            switch (parts[i]) {
                case "error" -> type = parts[i + 1];
                case "at" -> at = parts[i + 1];
                case "message" -> message = parts[i + 1];
                default -> {
                    // of a newer wrapper
                }
            }
        }
        return new Raised(type, at, message);
    }

    /** {@code KeyError: 'price' main.py:21}, all there is of it; the file without its folders. */
    public String line() {
        String what = message.isEmpty() ? type : type + ": " + message;
        String text = (what + " " + at.substring(at.lastIndexOf('/') + 1)).strip();
        return text.isEmpty() ? "the handler raised" : text;
    }

    /** {@code ZeroDivisionError main.py:7}: class and file without their packages and folders. */
    public String brief() {
        String place = at.substring(at.lastIndexOf('/') + 1);
        return (type.substring(type.lastIndexOf('.') + 1) + " " + place).strip();
    }
}
