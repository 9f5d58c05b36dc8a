package io.nucleon.admin;

import java.nio.charset.StandardCharsets;

/** What an admin page answers. */
record Answer(int status, String contentType, String body) {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json; charset=utf-8";

    static Answer json(int status, String body) {
        return new Answer(status, JSON, body);
    }

    static Answer text(int status, String body) {
        return new Answer(status, TEXT, body);
    }

    /** nuclio's answer to a page that is not there. */
    static Answer notFound() {
        return text(404, "404 page not found\n");
    }

    /** nuclio's answer to anything but GET. */
    static Answer methodNotAllowed() {
        return text(405, "method not allowed\n");
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
