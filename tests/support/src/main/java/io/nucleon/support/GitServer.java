package io.nucleon.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Serves the repositories of a folder, and its plain files, over HTTP or HTTPS on loopback: git's own program for servers behind the JDK's
 * server, by the rules of CGI. For any thread.
 */
public final class GitServer implements AutoCloseable {
    private final Path folder;
    private final HttpServer server;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private volatile String redirect = "";

    /** Over HTTP. */
    public GitServer(Path folder) throws IOException {
        this(folder, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** Over HTTPS. */
    public GitServer(Path folder, Certificate certificate) throws IOException {
        this(folder, encrypted(certificate));
    }

    private static HttpsServer encrypted(Certificate certificate) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (InputStream in = Files.newInputStream(certificate.keyStore())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, certificate.password().toCharArray());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, certificate.password().toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return server;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private GitServer(Path folder, HttpServer server) {
        this.folder = folder;
        this.server = server;
        server.setExecutor(task -> Threads.start("git-server", task));
        server.createContext("/", this::answer);
        server.start();
    }

    /** What requests said about who they are, oldest first. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** Redirects every request from now on. */
    public void redirectTo(String address) {
        redirect = address;
    }

    /** {@code 127.0.0.1:PORT}. */
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!redirect.isEmpty()) {
                exchange.getResponseHeaders().set("Location", redirect + exchange.getRequestURI());
                exchange.sendResponseHeaders(301, -1);
                return;
            }
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization != null) {
                authorizations.add(authorization);
            }
            Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
            if (Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(200, Files.size(file));
                Files.copy(file, exchange.getResponseBody());
                return;
            }
            byte[] answer = backend(exchange);
            int end = headEnd(answer);
            int status = 200;
            for (String line : new String(answer, 0, end, StandardCharsets.ISO_8859_1).split("\r\n")) {
                String[] header = line.split(": ", 2);
                if (header[0].equals("Status")) {
                    status = Integer.parseInt(header[1].substring(0, 3));
                } else {
                    exchange.getResponseHeaders().set(header[0], header[1]);
                }
            }
            exchange.sendResponseHeaders(status, 0);
            exchange.getResponseBody().write(answer, end + 4, answer.length - end - 4);
        }
    }

    private byte[] backend(HttpExchange exchange) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> env = builder.environment();
        env.put("GIT_PROJECT_ROOT", folder.toString());
        env.put("GIT_HTTP_EXPORT_ALL", "1");
        env.put("PATH_INFO", exchange.getRequestURI().getPath());
        env.put("QUERY_STRING", String.valueOf(exchange.getRequestURI().getQuery()));
        env.put("REQUEST_METHOD", exchange.getRequestMethod());
        env.put("CONTENT_TYPE", String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")));
        String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
        if (protocol != null) {
            env.put("GIT_PROTOCOL", protocol);
        }
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            env.put("HTTP_CONTENT_ENCODING", "gzip");
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        env.put("CONTENT_LENGTH", String.valueOf(body.length));
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().write(body);
        process.getOutputStream().close();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (InputStream in = process.getInputStream()) {
            in.transferTo(answer);
        }
        return answer.toByteArray();
    }

    private static int headEnd(byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("git http-backend gave no answer");
        }
        return end;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
