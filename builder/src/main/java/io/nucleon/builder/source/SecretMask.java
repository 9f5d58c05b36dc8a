package io.nucleon.builder.source;

import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.field.Secrets;
import io.nucleon.spec.yaml.ListNode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.ScalarNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Replaces secrets in whatever a build says: those of the function's configuration, and passwords in addresses. Immutable. */
public final class SecretMask {
    /** Shorter ones would mask half of every line, and are guessed anyway. */
    private static final int SHORTEST = 4;

    private static final Pattern URL_PASSWORD = Pattern.compile("(?<=://)([^\\s/@:]*):([^\\s/@]+)@");

    private final List<String> secrets;

    private SecretMask(Set<String> secrets) {
        List<String> all = new ArrayList<>(secrets);
        // The longest first: one may begin another.
        all.sort(Comparator.comparingInt(String::length).reversed());
        this.secrets = List.copyOf(all);
    }

    /** For a build of that function: the values of all fields and variables that hold secrets, plain and in base64. */
    public static SecretMask of(FunctionConfig config) {
        Set<String> found = new TreeSet<>();
        collect(config.raw(), false, found);
        return new SecretMask(found);
    }

    /** For a build that knows no secrets yet. */
    public static SecretMask none() {
        return new SecretMask(Set.of());
    }

    /** A mask that hides these too. */
    public SecretMask with(Set<String> more) {
        Set<String> all = new TreeSet<>(secrets);
        more.stream().filter(secret -> secret.length() >= SHORTEST).forEach(all::add);
        return new SecretMask(all);
    }

    private static void collect(Node node, boolean secret, Set<String> found) {
        switch (node) {
            case MapNode map -> {
                boolean variable =
                        map.get("name").orElse(null) instanceof ScalarNode name && Secrets.isSecret(name.text());
                for (MapNode.Entry entry : map.entries()) {
                    boolean value = variable && entry.key().equalsIgnoreCase("value");
                    collect(entry.value(), secret || value || Secrets.isSecret(entry.key()), found);
                }
            }
            case ListNode list -> list.items().forEach(item -> collect(item, secret, found));
            case ScalarNode scalar -> {
                if (secret && scalar.text().length() >= SHORTEST) {
                    found.add(scalar.text());
                    found.add(Base64.getEncoder().encodeToString(scalar.text().getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
    }

    /** The text with {@value Secrets#MASK} in place of each of them. */
    public String mask(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, Secrets.MASK);
        }
        return URL_PASSWORD.matcher(masked).replaceAll("$1:" + Secrets.MASK + "@");
    }
}
