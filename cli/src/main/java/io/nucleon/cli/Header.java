package io.nucleon.cli;

import java.util.List;
import java.util.Optional;

/** One header of a request or an answer. */
record Header(String name, String value) {
    /** The value of the first header of that name, letter case aside. */
    static Optional<String> first(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name.equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }
}
