package io.nucleon.triggers.mqtt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where a broker listens. {@code toString} shows no secret.
 *
 * @param url as written, without user and password
 * @param userInfo {@code USER:PASSWORD}, as it may stand in a URL; empty if it does not
 */
record BrokerAddress(String url, String host, int port, boolean encrypted, String userInfo) {

    private static final int PORT = 1883;
    private static final int ENCRYPTED_PORT = 8883;

    /** What a trigger's {@code url} says, with or without a scheme; empty if it names no broker. */
    static Optional<BrokerAddress> of(String url) {
        String text = url.strip();
        try {
            URI uri = new URI(text.contains("://") ? text : "tcp://" + text);
            if (uri.getHost() == null
                    || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))) {
                return Optional.empty();
            }
            String userInfo = uri.getUserInfo() == null ? "" : uri.getUserInfo();
            String shown = text.replaceFirst("[^/@]*@", "");
            return switch (uri.getScheme()) {
                case "tcp", "mqtt" -> Optional.of(of(uri, shown, false, userInfo));
                case "ssl", "tls", "mqtts" -> Optional.of(of(uri, shown, true, userInfo));
                default -> Optional.empty();
            };
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static BrokerAddress of(URI uri, String shown, boolean encrypted, String userInfo) {
        int port = uri.getPort() >= 0 ? uri.getPort() : encrypted ? ENCRYPTED_PORT : PORT;
        return new BrokerAddress(shown, uri.getHost(), port, encrypted, userInfo);
    }

    /** User of the URL; empty if it names none. */
    String user() {
        int colon = userInfo.indexOf(':');
        return colon < 0 ? userInfo : userInfo.substring(0, colon);
    }

    /** Password of the URL; empty if it has none. */
    String password() {
        int colon = userInfo.indexOf(':');
        return colon < 0 ? "" : userInfo.substring(colon + 1);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
