package io.nucleon.journal;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Masks what carries secrets by its name, without regard to case: headers, fields of queries and forms, parts of multipart forms, members of
 * JSON bodies however deep; and wherever they stand, secrets whose value is known. All else stays as it is, byte for byte. Immutable.
 */
public final class Secrets {

    /** What stands in a secret's place, in messages too. */
    public static final String MASK = "****";

    /** RFC 9110 §11 and RFC 6265. */
    private static final Set<String> ALWAYS = Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

    private static final String FORM = "application/x-www-form-urlencoded";

    /** In a journal's folder: the names that its process was given, a line each. */
    private static final String FILE = "redact";

    private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final SecretValues values;

    /** Those that always are, and these. */
    public Secrets(Collection<String> more) {
        this(more, SecretValues.NONE);
    }

    /** Those that always are, these, and what has one of the values. */
    public Secrets(Collection<String> more, SecretValues values) {
        this.values = values;
        names.addAll(ALWAYS);
        more.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }

    /** What the process masks that last had the journal in a folder; what always is if that can't be read. */
    public static Secrets of(Path journal) {
        Path file = journal.resolve(FILE);
        try {
            return new Secrets(Files.exists(file) ? Files.readAllLines(file) : List.of());
        } catch (IOException e) {
            return new Secrets(List.of()); // as of a journal that is being removed
        }
    }

    /** Leaves the names for those who show what the journal holds. */
    static void leave(Path journal, Collection<String> more) throws IOException {
        if (more.isEmpty()) {
            Files.deleteIfExists(journal.resolve(FILE));
            return;
        }
        try (SideFile file = SideFile.create(journal, FILE)) {
            file.write(ByteBuffer.wrap((String.join("\n", more) + "\n").getBytes(StandardCharsets.UTF_8)));
            file.finish(false);
        }
    }

    /** The event with its secrets masked. */
    public RecordedEvent mask(RecordedEvent event) {
        return event.with(
                values.mask(event.path()),
                values.mask(fields(event.query())),
                masked(event.headers()),
                values.mask(masked(event.body(), event.contentType())));
    }

    /** The answer with its secrets masked. */
    public RecordedAnswer mask(RecordedAnswer answer) {
        return answer.with(
                masked(answer.headers()),
                values.mask(masked(answer.body(), answer.contentType())),
                values.mask(answer.reason()));
    }

    /** The answer with the secrets of its headers masked; its body is what a caller has yet to fetch. */
    RecordedAnswer maskHeaders(RecordedAnswer answer) {
        return answer.with(masked(answer.headers()), answer.body(), values.mask(answer.reason()));
    }

    /** What is known of an event's tries, with what its handler said. */
    Tries mask(Tries tries) {
        return values.isNone() ? tries : tries.because(values.mask(tries.reason()));
    }

    private List<String> masked(List<String> headers) {
        if (values.isNone() && !isAmong(headers)) {
            return headers;
        }
        List<String> masked = new ArrayList<>(headers);
        for (int i = 0; i < headers.size(); i += 2) {
            masked.set(i + 1, names.contains(headers.get(i)) ? MASK : values.mask(headers.get(i + 1)));
        }
        return masked;
    }

    private boolean isAmong(List<String> headers) {
        for (int i = 0; i < headers.size(); i += 2) {
            if (names.contains(headers.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Copies only what may hold one: most bodies are large, or of no such form. */
    private ByteBuffer masked(ByteBuffer body, String contentType) {
        boolean isForm = contentType.regionMatches(true, 0, FORM, 0, FORM.length());
        String boundary = MultipartMask.boundary(contentType);
        if (!isForm && boundary == null && !isJson(body)) {
            return body;
        }
        byte[] bytes = new byte[body.remaining()];
        body.get(body.position(), bytes);
        if (isForm) {
            // a byte is a character and comes back as it was
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return ByteBuffer.wrap(fields(text).getBytes(StandardCharsets.ISO_8859_1));
        }
        return ByteBuffer.wrap(
                boundary == null
                        ? JsonMask.mask(bytes, names::contains)
                        : MultipartMask.mask(bytes, boundary, names::contains));
    }

    /** Whether it begins as an object or a list does: types are often not told, or wrong. */
    private static boolean isJson(ByteBuffer body) {
        for (int i = body.position(); i < body.limit(); i++) {
            byte one = body.get(i);
            if (one > ' ') {
                return one == '{' || one == '[';
            }
        }
        return false;
    }

    /** Of a query or a form: {@code a=1&b=2}. */
    private String fields(String text) {
        if (text.indexOf('=') < 0) {
            return text;
        }
        List<String> fields = new ArrayList<>();
        for (String field : text.split("&", -1)) {
            int end = field.indexOf('=');
            boolean secret = end >= 0 && names.contains(decoded(field.substring(0, end)));
            fields.add(secret ? field.substring(0, end + 1) + MASK : field);
        }
        return String.join("&", fields);
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name; // as whoever reads it will have to take it
        }
    }
}
