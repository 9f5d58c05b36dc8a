package io.nucleon.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Masks the headers that carry secrets. Immutable. */
public final class SecretHeaders {

    /** What stands in a secret's place, in messages too. */
    public static final String MASK = "****";

    /** RFC 9110 §11 and RFC 6265. */
    private static final Set<String> ALWAYS = Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

    private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    /** Those that always are, and these. */
    public SecretHeaders(Collection<String> more) {
        names.addAll(ALWAYS);
        more.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }

    /** The event with its secrets masked. */
    public RecordedEvent mask(RecordedEvent event) {
        return isAmong(event.headers()) ? event.withHeaders(masked(event.headers())) : event;
    }

    /** The answer with its secrets masked. */
    public RecordedAnswer mask(RecordedAnswer answer) {
        return isAmong(answer.headers()) ? answer.withHeaders(masked(answer.headers())) : answer;
    }

    private boolean isAmong(List<String> headers) {
        for (int i = 0; i < headers.size(); i += 2) {
            if (names.contains(headers.get(i))) {
                return true;
            }
        }
        return false;
    }

    private List<String> masked(List<String> headers) {
        List<String> masked = new ArrayList<>(headers);
        for (int i = 0; i < headers.size(); i += 2) {
            if (names.contains(headers.get(i))) {
                masked.set(i + 1, MASK);
            }
        }
        return masked;
    }
}
