package io.nucleon.journal;

import java.util.List;
import java.util.Optional;

/** Lists of name, value, name, value. Stateless. */
final class Pairs {

    private Pairs() {}

    static Optional<String> last(List<String> pairs, String name) {
        for (int i = pairs.size() - 2; i >= 0; i -= 2) {
            if (pairs.get(i).equalsIgnoreCase(name)) {
                return Optional.of(pairs.get(i + 1));
            }
        }
        return Optional.empty();
    }
}
