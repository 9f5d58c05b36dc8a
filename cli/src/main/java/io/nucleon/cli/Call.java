package io.nucleon.cli;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * One HTTP request, complete: what is sent is what it holds, and Host, Content-Length. Immutable.
 *
 * @param url with path and query, all of it ASCII
 */
record Call(String method, URI url, List<Header> headers, CallBody body) {
    /** Characters that a request's target may hold as they are: those of RFC 3986, and the escapes themselves. */
    private static final String PLAIN = "-._~:/?@!$&'()*+,;=%";

    Call {
        headers = List.copyOf(headers);
    }

    /** The address of a function with path and query added; what no address can hold is escaped. */
    static URI address(URI function, String path) {
        String base = function.getRawPath() == null ? "" : function.getRawPath().replaceFirst("/$", "");
        return URI.create(function.getScheme() + "://" + function.getRawAuthority() + base
                + escaped(path.startsWith("/") ? path : "/" + path));
    }

    /** Host and port, as the Host header wants them. */
    String authority() {
        return url.getRawAuthority();
    }

    /** Path and query. */
    String requestTarget() {
        return url.getRawQuery() == null ? url.getRawPath() : url.getRawPath() + "?" + url.getRawQuery();
    }

    /** All of it as it goes over the wire, with Host and Content-Length. */
    byte[] bytes() {
        StringBuilder head = new StringBuilder()
                .append(method)
                .append(' ')
                .append(requestTarget())
                .append(" HTTP/1.1\r\n");
        if (Header.first(headers, "Host").isEmpty()) {
            head.append("Host: ").append(authority()).append("\r\n");
        }
        for (Header header : headers) {
            head.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        if (body.length() > 0 || !List.of("GET", "HEAD").contains(method)) {
            head.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        byte[] text = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length + body.length());
        bytes.writeBytes(text);
        bytes.writeBytes(body.bytes());
        return bytes.toByteArray();
    }

    private static String escaped(String path) {
        StringBuilder target = new StringBuilder();
        // A fragment is the client's own and never sent.
        for (byte b : path.replaceFirst("#.*", "").getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                target.append(c);
            } else {
                target.append('%')
                        .append(Integer.toHexString(0x100 | c).substring(1).toUpperCase(Locale.ROOT));
            }
        }
        return target.toString();
    }
}
