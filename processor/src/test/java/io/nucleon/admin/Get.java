package io.nucleon.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Real requests to a server on this machine. */
final class Get {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Get() {}

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static HttpResponse<String> get(AdminServer server, String target) throws IOException, InterruptedException {
        return send(server, "GET", target);
    }

    static HttpResponse<String> send(AdminServer server, String method, String target)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + target))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
