package io.nucleon.builder.source;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.spec.field.Secrets;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Fetches a file by HTTP. Spoken by hand over a socket to the address that was looked at, since the JDK's clients resolve a name by
 * themselves once more, and it may then be another machine; redirects are looked at like the first address. Confined to one thread.
 */
final class Download {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int MOST_REDIRECTS = 5;
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int MOST_HEADERS = 200;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final AddressRule rule;
    private final long maxBytes;

    Download(AddressRule rule, long maxBytes) {
        this.rule = rule;
        this.maxBytes = maxBytes;
    }

    /**
     * Fetches a file; headers go to the first host only.
     *
     * @throws io.nucleon.error.NucleonException NUC-6001 if it can't be had, NUC-6002 if its address or that of a redirect is refused,
     *     NUC-6004 if it is too large
     */
    void fetch(String address, Map<String, String> headers, Path target) {
        String next = address;
        Map<String, String> sent = headers;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            AddressRule.Checked place = rule.check(next);
            String redirect = request(place, sent, target);
            if (redirect.isEmpty()) {
                return;
            }
            next = absolute(place.uri(), redirect);
            sent = sameHost(place.uri(), next) ? sent : Map.of();
        }
        throw unreachable(address, "it redirects more than " + MOST_REDIRECTS + " times", null);
    }

    private static String absolute(URI from, String location) {
        try {
            return from.resolve(location).toString();
        } catch (IllegalArgumentException e) {
            throw unreachable(from.toString(), "it redirects to what is no address", e);
        }
    }

    private static boolean sameHost(URI from, String to) {
        URI uri = URI.create(to);
        return from.getHost().equalsIgnoreCase(uri.getHost())
                && from.getPort() == uri.getPort()
                && from.getScheme().equalsIgnoreCase(uri.getScheme());
    }

    /** Where it redirects to; empty when the file is there. */
    private String request(AddressRule.Checked place, Map<String, String> headers, Path target) {
        try (Socket socket = connect(place)) {
            socket.getOutputStream().write(head(place, headers).getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
            String status = line(in);
            Map<String, String> answered = headers(in);
            int code = code(status);
            if (code >= 300 && code < 400 && answered.containsKey("location")) {
                return answered.get("location");
            }
            if (code != 200) {
                throw unreachable(place.uri().toString(), "it answers: " + status.strip(), null);
            }
            save(body(in, answered), target, place.uri().toString());
            return "";
        } catch (SSLHandshakeException e) {
            if (!(e.getCause() instanceof CertificateException)) {
                throw unreachable(place.uri().toString(), String.valueOf(e.getMessage()), e);
            }
            throw ErrorMessage.of(
                            ErrorCode.CODE_UNREACHABLE,
                            Secrets.maskUrl(place.uri().toString()) + " can't be fetched",
                            "its certificate is not trusted: " + e.getMessage(),
                            "check the address, or name a file with its issuer's certificate: SSL_CERT_FILE=FILE")
                    .toException(e);
        } catch (IOException e) {
            throw unreachable(place.uri().toString(), String.valueOf(e.getMessage()), e);
        }
    }

    private static Socket connect(AddressRule.Checked place) throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(place.address(), place.port()), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            return place.isEncrypted() ? encrypted(plain, place) : plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** The certificate must be the named host's. */
    private static Socket encrypted(Socket plain, AddressRule.Checked place) throws IOException {
        SSLSocket socket =
                (SSLSocket) Trust.sockets().createSocket(plain, place.uri().getHost(), place.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String head(AddressRule.Checked place, Map<String, String> headers) throws IOException {
        URI uri = place.uri();
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        StringBuilder head = new StringBuilder("GET ").append(path);
        if (uri.getRawQuery() != null) {
            head.append('?').append(uri.getRawQuery());
        }
        head.append(" HTTP/1.1\r\nHost: ").append(uri.getHost());
        if (uri.getPort() >= 0) {
            head.append(':').append(uri.getPort());
        }
        head.append("\r\nConnection: close\r\nAccept: */*\r\nUser-Agent: nucleon\r\n");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!header.getKey().matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
                    || header.getValue().chars().anyMatch(c -> c < ' ')) {
                throw new IOException("header '" + header.getKey() + "' can't be sent");
            }
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static int code(String status) throws IOException {
        if (!status.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
            throw new IOException("what answers speaks no HTTP");
        }
        return Integer.parseInt(status.substring(9, 12));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon <= 0 || headers.size() == MOST_HEADERS) {
                throw new IOException("its answer's headers can't be read");
            }
            headers.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() == LONGEST_LINE) {
                throw new IOException("its answer is cut off");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    private static InputStream body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .endsWith("chunked")) {
            return new Chunks(in);
        }
        String length = headers.get("content-length");
        if (length == null) {
            return in;
        }
        if (!length.matches("\\d{1,18}")) {
            throw new IOException("the length of its answer can't be read");
        }
        return new Exactly(in, Long.parseLong(length));
    }

    private void save(InputStream body, Path target, String address) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
                if (bytes > maxBytes) {
                    throw ErrorMessage.of(
                                    ErrorCode.CODE_REFUSED,
                                    Secrets.maskUrl(address) + " is refused",
                                    "it is larger than " + maxBytes + " bytes",
                                    "leave out what the function doesn't need")
                            .toException();
                }
                out.write(buffer, 0, read);
            }
        }
    }

    static RuntimeException unreachable(String address, String why, Exception cause) {
        return ErrorMessage.of(
                        ErrorCode.CODE_UNREACHABLE,
                        Secrets.maskUrl(address) + " can't be fetched",
                        why,
                        "check the address, and that this machine reaches it")
                .toException(cause);
    }

    /** A body of known length; less is an error. */
    private static final class Exactly extends FilterInputStream {
        private long left;

        Exactly(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = readWhole(in, to, offset, (int) Math.min(length, left));
            left -= read;
            return read;
        }
    }

    private static int readWhole(InputStream in, byte[] to, int offset, int length) throws IOException {
        int read = in.read(to, offset, length);
        if (read < 0) {
            throw new IOException("its answer is cut off");
        }
        return read;
    }

    /** A body in chunks; without the last one it is cut off. */
    private static final class Chunks extends FilterInputStream {
        private long left;
        private boolean first = true;
        private boolean ended;

        Chunks(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (left == 0 && !ended) {
                next();
            }
            if (ended) {
                return -1;
            }
            int read = readWhole(in, to, offset, (int) Math.min(length, left));
            left -= read;
            return read;
        }

        private void next() throws IOException {
            if (!first) {
                line(in);
            }
            first = false;
            String size = line(in).split(";", 2)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,15}")) {
                throw new IOException("its answer's chunks can't be read");
            }
            left = Long.parseLong(size, 16);
            ended = left == 0;
        }
    }
}
