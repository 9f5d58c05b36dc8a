package io.nucleon.builder.source;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.spec.field.Secrets;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which addresses code may be fetched from: without leave only those of the public network, by https. A configuration that somebody else
 * wrote must not make a builder read from services of its own machine or network. Immutable.
 *
 * @param allowed {@code HOST} or {@code HOST:PORT} that may be private and without encryption
 */
public record AddressRule(Set<String> allowed) {
    /** Public addresses alone. */
    public static final AddressRule PUBLIC = new AddressRule(Set.of());

    public AddressRule {
        allowed = Set.copyOf(allowed);
    }

    private boolean allows(URI uri) {
        String host = String.valueOf(uri.getHost());
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return allowed.contains(host) || allowed.contains(host + ":" + port);
    }

    /** A place that was looked at: the address is what is connected to, so that a name can't mean another one a moment later. */
    record Checked(URI uri, InetAddress address) {
        int port() {
            return uri.getPort() >= 0 ? uri.getPort() : isEncrypted() ? 443 : 80;
        }

        boolean isEncrypted() {
            return "https".equalsIgnoreCase(uri.getScheme());
        }
    }

    /**
     * Looks at an address; each redirect is looked at again.
     *
     * @throws io.nucleon.error.NucleonException NUC-6002 if it is refused, NUC-6001 if its name can't be resolved
     */
    Checked check(String text) {
        URI uri = parse(text);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw refused(text, "its scheme is '" + scheme + "'; code comes by https");
        }
        if (scheme.equals("http") && !allows(uri)) {
            throw refused(text, "http is not encrypted: anybody on the way could change the code");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw refused(text, "it names no host");
        }
        List<InetAddress> addresses = resolve(uri);
        for (InetAddress address : addresses) {
            if (!allows(uri) && !isPublic(address)) {
                throw refused(
                        text,
                        uri.getHost() + " is " + address.getHostAddress()
                                + ", an address of this machine or a private network");
            }
        }
        return new Checked(uri, addresses.getFirst());
    }

    private static URI parse(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw refused(text, "it is no address");
        }
    }

    private static List<InetAddress> resolve(URI uri) {
        String host = uri.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return List.of(InetAddress.getAllByName(bare));
        } catch (UnknownHostException e) {
            throw ErrorMessage.of(
                            ErrorCode.CODE_UNREACHABLE,
                            Secrets.maskUrl(uri.toString()) + " can't be fetched",
                            "no address is known for " + host,
                            "check the name, and that this machine has a network")
                    .toException(e);
        }
    }

    /** Whether everybody means the same machine by it. */
    static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublicV4(bytes) : isPublicV6(bytes);
    }

    /** Beyond what Java knows: 0/8, 100.64/10 (shared), 192.0.0/24, 198.18/15 (benchmarks), 240/4 (IANA's registry of special addresses). */
    private static boolean isPublicV4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean shared = first == 100 && second >= 64 && second < 128;
        boolean protocol = first == 192 && second == 0 && bytes[2] == 0;
        boolean bench = first == 198 && (second == 18 || second == 19);
        return first != 0 && first < 240 && !shared && !protocol && !bench;
    }

    /** Unique local (fc00::/7), and IPv4 addresses in the clothes of IPv6: mapped ones Java unwraps, these it doesn't. */
    private static boolean isPublicV6(byte[] bytes) {
        int first = bytes[0] & 0xff;
        if ((first & 0xfe) == 0xfc) {
            return false;
        }
        boolean translated = first == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        boolean compatible = isZero(bytes, 12);
        boolean sixToFour = first == 0x20 && bytes[1] == 0x02;
        if (translated || compatible) {
            return isPublicV4(new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]}) && isPublic(v4(bytes, 12));
        }
        return !sixToFour || isPublic(v4(bytes, 2));
    }

    private static boolean isZero(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress v4(byte[] bytes, int at) {
        try {
            return InetAddress.getByAddress(new byte[] {bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static RuntimeException refused(String text, String why) {
        return ErrorMessage.of(
                        ErrorCode.ADDRESS_REFUSED,
                        "fetching code from " + Secrets.maskUrl(text) + " is refused",
                        why,
                        "use a public https address, or allow this one: --allow-address HOST:PORT")
                .toException();
    }
}
