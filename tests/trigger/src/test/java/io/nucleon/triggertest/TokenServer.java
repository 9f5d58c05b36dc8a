package io.nucleon.triggertest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives signed tokens to one client, by OAuth 2's client credentials grant, and tells the key to check them with. Safe for many threads. */
final class TokenServer implements AutoCloseable {

    /** Whom its tokens are for. */
    static final String AUDIENCE = "kafka";

    /** Who they are from. */
    static final String ISSUER = "token-server";

    private static final long LIFE_SECONDS = 3_600;

    private final HttpServer server;
    private final String client;
    private final String authorization;
    private final KeyPair key;
    private final List<String> scopes = new CopyOnWriteArrayList<>();

    TokenServer(String client, String secret) throws IOException, GeneralSecurityException {
        this.client = client;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        this.key = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/token", this::giveToken);
        server.createContext("/keys", exchange -> answer(exchange, 200, keySet()));
        server.start();
    }

    /** Where tokens are asked for. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    /** Where its key set is. */
    String keys() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    }

    /** What the tokens that were given are for. */
    List<String> scopes() {
        return scopes;
    }

    private void giveToken(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean known = authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && form.contains("grant_type=client_credentials");
        answer(exchange, known ? 200 : 401, known ? token(scope(form)) : "{\"error\":\"invalid_client\"}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String keySet() {
        RSAPublicKey open = (RSAPublicKey) key.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"1\",\"n\":\""
                + part(open.getModulus().toByteArray()) + "\",\"e\":\""
                + part(open.getPublicExponent().toByteArray()) + "\"}]}";
    }

    private String scope(String form) {
        for (String pair : form.split("&")) {
            if (pair.startsWith("scope=")) {
                return URLDecoder.decode(pair.substring("scope=".length()), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private String token(String scope) {
        scopes.add(scope);
        long now = Clock.systemUTC().instant().getEpochSecond();
        String signed = part("{\"alg\":\"RS256\",\"kid\":\"1\"}") + "."
                + part("{\"sub\":\"" + client + "\",\"aud\":\"" + AUDIENCE + "\",\"iss\":\"" + ISSUER + "\",\"iat\":"
                        + now + ",\"exp\":" + (now + LIFE_SECONDS) + ",\"scope\":\"" + scope + "\"}");
        return "{\"access_token\":\"" + signed + "." + part(signature(signed))
                + "\",\"token_type\":\"Bearer\",\"expires_in\":" + LIFE_SECONDS + "}";
    }

    private byte[] signature(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(String json) {
        return part(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
