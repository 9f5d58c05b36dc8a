package io.nucleon.cli;

import io.nucleon.journal.RecordedAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One header of a request or an answer. */
record Header(String name, String value) {
    /** Those of a recorded answer, its content type first. */
    static List<Header> of(RecordedAnswer answer) {
        List<Header> headers = new ArrayList<>();
        if (!answer.contentType().isEmpty()) {
            headers.add(new Header("Content-Type", answer.contentType()));
        }
        for (int i = 0; i < answer.headers().size(); i += 2) {
            headers.add(new Header(answer.headers().get(i), answer.headers().get(i + 1)));
        }
        return headers;
    }

    /** The value of the first header of that name, letter case aside. */
    static Optional<String> first(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name.equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }
}
