package io.nucleon.cli;

import java.util.List;

/** Status line and headers of an answer. Immutable. */
record AnswerHead(String version, int status, String reason, List<Header> headers) {
    AnswerHead {
        headers = List.copyOf(headers);
    }

    /** Whether the connection can carry another call. */
    boolean keepsConnection() {
        String connection = Header.first(headers, "Connection").orElse("");
        return version.equals("HTTP/1.1") && !connection.equalsIgnoreCase("close");
    }
}
