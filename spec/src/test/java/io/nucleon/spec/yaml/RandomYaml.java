package io.nucleon.spec.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Values and texts that are hard on a writer and a reader of YAML, the same ones for the same seed. */
final class RandomYaml {

    private static final int DEPTH = 3;
    private static final int LONGEST_TEXT = 20;
    private static final int MOST_ITEMS = 4;
    private static final int MOST_PIECES = 40;

    private static final String ODD = "\n\t\r:#-'\"\\{}[]&*!|>%@`ä€\u0085\u2028\u00a0";
    private static final List<String> WORDS = List.of(
            "", " ", "~", "null", "true", "yes", "on", "0", "0644", "1.5", "1e3", ".inf", "0x1f", "-", "---", "a: b",
            "a #b", "- a", " a", "a ", "a\n", "a\n\n", "\na", "a\n b\n", "=", "<<");

    /** Pieces that mean something in YAML. */
    private static final List<String> PIECES = List.of(
            "a",
            ": ",
            ":",
            "\n",
            "  ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "\"",
            "'",
            "#",
            "&x ",
            "*x",
            "|",
            ">",
            "\t",
            "? ",
            "!!str ",
            "<<: ",
            "%YAML 1.2",
            "---\n",
            "...\n",
            "\\",
            "@",
            "`",
            "\u0085",
            "\uD800",
            "\0",
            "ä");

    private static final List<Function<SplittableRandom, Object>> SCALARS = List.of(
            RandomYaml::text,
            random -> pick(random, WORDS),
            random -> random.nextLong() >> random.nextInt(Long.SIZE),
            random -> random.nextLong(-100_000_000_000_000L, 100_000_000_000_000L) / 1e5,
            SplittableRandom::nextBoolean);

    private RandomYaml() {}

    /** A scalar, or a list or map of values. */
    static Object value(SplittableRandom random) {
        return value(random, DEPTH);
    }

    /** Pieces in any order, mostly no YAML. */
    static String document(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(MOST_PIECES + 1); i > 0; i--) {
            text.append(pick(random, PIECES));
        }
        return text.toString();
    }

    private static Object value(SplittableRandom random, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(3)) {
            case 0 -> pick(random, SCALARS).apply(random);
            case 1 -> list(random, depth - 1);
            default -> map(random, depth - 1);
        };
    }

    private static List<Object> list(SplittableRandom random, int depth) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(MOST_ITEMS + 1); i > 0; i--) {
            list.add(value(random, depth));
        }
        return list;
    }

    private static Map<String, Object> map(SplittableRandom random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(MOST_ITEMS + 1); i > 0; i--) {
            map.put(random.nextBoolean() ? text(random) : pick(random, WORDS), value(random, depth));
        }
        return map;
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(LONGEST_TEXT + 1); i > 0; i--) {
            text.append(
                    random.nextInt(3) > 0
                            ? (char) random.nextInt(' ', '~' + 1)
                            : ODD.charAt(random.nextInt(ODD.length())));
        }
        return text.toString();
    }

    private static <T> T pick(SplittableRandom random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
