package io.nucleon.spec.trigger;

import java.util.Optional;

/**
 * An address to listen on, in Go's notation {@code host:port}.
 *
 * @param host name or address without brackets; empty = all
 * @param port 0 = any free one
 */
public record ListenAddress(String host, int port) {
    /** The address, empty when the text is none. */
    public static Optional<ListenAddress> parse(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        if (!brackets && (host.contains(":") || host.contains("/") || host.contains(" "))) {
            return Optional.empty();
        }
        return Optional.of(
                new ListenAddress(brackets ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port)));
    }

    /** The form in a file. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
