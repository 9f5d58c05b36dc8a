package io.nucleon.cli;

import java.time.Duration;

/** A call as a line for curl. Stateless. */
final class CurlLine {
    private CurlLine() {}

    static String of(Call call, Duration timeout) {
        StringBuilder line = new StringBuilder("curl ");
        boolean body = call.body().length() > 0;
        if (call.method().equals("HEAD")) {
            line.append("-I ");
        } else if (!call.method().equals(body ? "POST" : "GET")) {
            line.append("-X ").append(call.method()).append(' ');
        }
        line.append("-m ")
                .append(Math.max(1, timeout.toSeconds()))
                .append(' ')
                .append(quoted(call.url().toString()));
        for (Header header : call.headers()) {
            if (!header.name().equals("User-Agent")) {
                line.append(" -H ").append(quoted(header.name() + ": " + header.value()));
            }
        }
        if (body) {
            line.append(call.body().origin().startsWith("@") ? " --data-binary " : " --data-raw ")
                    .append(quoted(call.body().origin()));
        }
        return line.toString();
    }

    /** As one word of a shell. */
    static String quoted(String word) {
        boolean plain = !word.isEmpty()
                && word.chars()
                        .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-._/:@=+,%".indexOf(c) >= 0));
        return plain ? word : Completion.quoted(word);
    }
}
