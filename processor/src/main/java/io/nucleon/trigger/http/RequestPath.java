package io.nucleon.trigger.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The path of a request as handlers see it: percent-decoded, then without {@code //}, {@code /./} and {@code /../}, in the order and with
 * the corner cases that nuclio's callers know ({@code nuclio: pkg/processor/trigger/http, fasthttp's normalisation}). A bad {@code %zz}
 * stays as it is. {@code %00} stays too: a NUL would be taken for the end of the path further on.
 */
final class RequestPath {

    /** Negative however it is shifted by four and joined with a digit. */
    private static final int NO_DIGIT = -1 << 16;

    private RequestPath() {}

    /** Normalises what lies between the two places of a Latin-1 text. */
    static byte[] normalise(String target, int start, int end) {
        byte[] path = decode(target.substring(start, end).getBytes(StandardCharsets.ISO_8859_1));
        int length = removeDoubleSlashes(path, path.length);
        length = removeDots(path, length);
        length = removeParents(path, length);
        return Arrays.copyOf(path, length);
    }

    private static byte[] decode(byte[] raw) {
        byte[] path = new byte[raw.length + 1];
        int length = 0;
        if (raw.length == 0 || raw[0] != '/') {
            path[length++] = '/';
        }
        int i = 0;
        while (i < raw.length) {
            int decoded = raw[i] == '%' && i + 2 < raw.length ? (hex(raw[i + 1]) << 4) | hex(raw[i + 2]) : 0;
            if (decoded > 0) {
                path[length++] = (byte) decoded;
                i += 3;
            } else {
                path[length++] = raw[i++];
            }
        }
        return Arrays.copyOf(path, length);
    }

    private static int hex(byte digit) {
        int value = Character.digit(digit, 16);
        return value < 0 ? NO_DIGIT : value;
    }

    private static int removeDoubleSlashes(byte[] path, int length) {
        int kept = 0;
        for (int i = 0; i < length; i++) {
            if (path[i] != '/' || kept == 0 || path[kept - 1] != '/') {
                path[kept++] = path[i];
            }
        }
        return kept;
    }

    private static int removeDots(byte[] path, int length) {
        int kept = 0;
        int i = 0;
        while (i < length) {
            if (i + 2 < length && path[i] == '/' && path[i + 1] == '.' && path[i + 2] == '/') {
                i += 2;
            } else {
                path[kept++] = path[i++];
            }
        }
        return kept;
    }

    /** Takes {@code /name/..} out wherever a slash or the end follows; above the root there is nothing. */
    private static int removeParents(byte[] path, int length) {
        int kept = 0;
        int i = 0;
        while (i < length) {
            boolean parent = i + 2 < length && path[i] == '/' && path[i + 1] == '.' && path[i + 2] == '.';
            if (parent && (i + 3 == length || path[i + 3] == '/')) {
                kept = lastSlash(path, kept);
                i += 3;
                if (i == length) {
                    path[kept++] = '/';
                }
            } else {
                path[kept++] = path[i++];
            }
        }
        return kept;
    }

    private static int lastSlash(byte[] path, int length) {
        int at = length;
        while (at > 0) {
            at--;
            if (path[at] == '/') {
                return at;
            }
        }
        return 0;
    }
}
