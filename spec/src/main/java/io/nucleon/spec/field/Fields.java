package io.nucleon.spec.field;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NearestName;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.problem.Report;
import io.nucleon.spec.yaml.ListNode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.Position;
import io.nucleon.spec.yaml.ScalarNode;
import io.nucleon.spec.yaml.Scalars;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads a mapping's fields by name and type. Names match regardless of letter case; an absent or null field gives the fallback; a
 * value that does not fit is reported with its place and gives the fallback too, so that one reading finds every problem. Call
 * {@link #done()} last: it warns of the fields that nobody asked for. Confined to one thread.
 */
public final class Fields {
    private final MapNode node;
    private final String path;
    private final Problems problems;
    private final Consumer<String> listener;
    private final Set<String> asked = new LinkedHashSet<>();

    public Fields(MapNode node, String path, Problems problems) {
        this(node, path, problems, ignored -> {});
    }

    /**
     * The same with somebody who listens.
     *
     * @param listener is told the path of every field that is asked for, here or further down
     */
    public Fields(MapNode node, String path, Problems problems, Consumer<String> listener) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        this.listener = listener;
    }

    /** The mapping itself. */
    public MapNode node() {
        return node;
    }

    /** The mapping's place in the configuration. */
    public String path() {
        return path;
    }

    /** The place of a field in the configuration. */
    public String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    public Problems problems() {
        return problems;
    }

    /** True when a field of this name was asked for, in whatever letter case. */
    public boolean isAsked(String key) {
        return askedName(key).isPresent();
    }

    private Optional<String> askedName(String key) {
        for (String name : asked) {
            if (name.equalsIgnoreCase(key)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** The value of a field as it stands, empty when absent or null. */
    public Optional<Node> raw(String name) {
        ask(name);
        return node.get(name);
    }

    public boolean has(String name) {
        return raw(name).isPresent();
    }

    /** Marks fields as known that are kept but not read. */
    public void accept(String... names) {
        List.of(names).forEach(this::ask);
    }

    /** A text; a number or truth value counts as the text it was written as. */
    public String text(String name, String fallback) {
        return optionalText(name).orElse(fallback);
    }

    public Optional<String> optionalText(String name) {
        return scalar(name, "a text", "write a text").map(ScalarNode::text);
    }

    public boolean bool(String name, boolean fallback) {
        return optionalBool(name).orElse(fallback);
    }

    public Optional<Boolean> optionalBool(String name) {
        return scalar(name, "a truth value", "write true or false").flatMap(value -> {
            Optional<Boolean> bool = Scalars.bool(value.text());
            if (bool.isEmpty()) {
                wrongType(name, value, "a truth value", "write true or false");
            }
            return bool;
        });
    }

    public int integer(String name, int fallback, int min, int max) {
        return optionalInteger(name, min, max).orElse(fallback);
    }

    public Optional<Integer> optionalInteger(String name, int min, int max) {
        return optionalLong(name, min, max).map(Math::toIntExact);
    }

    public long longInteger(String name, long fallback, long min, long max) {
        return optionalLong(name, min, max).orElse(fallback);
    }

    /** A whole number between min and max, both included. */
    public Optional<Long> optionalLong(String name, long min, long max) {
        String example = "write a whole number, such as " + Math.clamp(1, min, max);
        return scalar(name, "a whole number", example).flatMap(value -> {
            Optional<BigInteger> number = whole(value.text());
            if (number.isEmpty()) {
                wrongType(name, value, "a whole number", example);
                return Optional.empty();
            }
            boolean fits = number.get().compareTo(BigInteger.valueOf(min)) >= 0
                    && number.get().compareTo(BigInteger.valueOf(max)) <= 0;
            if (!fits) {
                outOfRange(name, value, String.valueOf(min), String.valueOf(max));
            }
            return fits ? Optional.of(number.get().longValueExact()) : Optional.empty();
        });
    }

    /** A number between min and max, both included. */
    public double number(String name, double fallback, double min, double max) {
        return scalar(name, "a number", "write a number")
                .flatMap(value -> {
                    Optional<Double> number = Scalars.number(value.text());
                    if (number.isEmpty()) {
                        wrongType(name, value, "a number", "write a number");
                    } else if (!(number.get() >= min && number.get() <= max)) {
                        outOfRange(
                                name,
                                value,
                                BigDecimal.valueOf(min).toPlainString(),
                                BigDecimal.valueOf(max).toPlainString());
                        return Optional.empty();
                    }
                    return number;
                })
                .orElse(fallback);
    }

    /** A length of time in Go's notation, not negative. */
    public Duration duration(String name, Duration fallback) {
        return optionalDuration(name).orElse(fallback);
    }

    public Optional<Duration> optionalDuration(String name) {
        String example = "write a number with a unit (ns, us, ms, s, m, h), such as 500ms or 1m30s";
        return scalar(name, "a length of time", example)
                .filter(value -> !value.text().isEmpty())
                .flatMap(value -> {
                    Optional<Duration> duration = GoDuration.parse(value.text());
                    if (duration.isEmpty() || duration.get().isNegative()) {
                        report(ErrorCode.DURATION_INVALID, name)
                                .what("is not a length of time")
                                .why(shown(name, value) + (duration.isPresent() ? " is negative" : " stands there"))
                                .fix(example)
                                .add();
                    }
                    return duration.filter(length -> !length.isNegative());
                });
    }

    /** A number of bytes with or without a suffix ({@code 64Mi}, {@code 20GiB}). */
    public long size(String name, long fallback) {
        String example = "write a number of bytes or a size, such as 512Mi or 20GiB";
        return scalar(name, "a size", example)
                .flatMap(value -> {
                    Optional<Long> size = ByteSize.parse(value.text());
                    if (size.isEmpty()) {
                        report(ErrorCode.SIZE_INVALID, name)
                                .what("is not a size")
                                .why(shown(name, value) + " stands there")
                                .fix(example)
                                .add();
                    }
                    return size;
                })
                .orElse(fallback);
    }

    /** One of the words of an enum, regardless of letter case; an empty text gives the fallback. */
    public <E extends Enum<E> & Choice> E choice(String name, E fallback) {
        return optionalChoice(name, fallback.getDeclaringClass()).orElse(fallback);
    }

    public <E extends Enum<E> & Choice> Optional<E> optionalChoice(String name, Class<E> type) {
        Optional<ScalarNode> value = scalar(name, "a word", "write a word")
                .filter(word -> !word.text().isEmpty());
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String word = value.get().text();
        var words = new ArrayList<String>();
        for (E constant : type.getEnumConstants()) {
            if (constant.word().equalsIgnoreCase(word)) {
                return Optional.of(constant);
            }
            words.add(constant.word());
        }
        report(ErrorCode.WORD_NOT_ALLOWED, name)
                .what("can't be " + shown(name, value.get()))
                .why("allowed are: " + NearestName.list(words))
                .fix(NearestName.advice(word, words, "write one of: "))
                .add();
        return Optional.empty();
    }

    /** A list of texts; a single text counts as a list of one. */
    public List<String> texts(String name) {
        Optional<Node> value = raw(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof ScalarNode single) {
            return List.of(single.text());
        }
        var texts = new ArrayList<String>();
        for (Node item : list(name)) {
            if (item instanceof ScalarNode text) {
                texts.add(text.text());
            } else {
                wrongType(name + "[" + texts.size() + "]", item, "a text", "write a list of texts");
            }
        }
        return List.copyOf(texts);
    }

    /** A mapping from text to text, in the file's order. */
    public Map<String, String> textMap(String name) {
        var texts = new LinkedHashMap<String, String>();
        for (MapNode.Entry entry : mapping(name).entries()) {
            if (entry.value() instanceof ScalarNode text) {
                texts.put(entry.key(), text.isNull() ? "" : text.text());
            } else {
                wrongType(name + "." + entry.key(), entry.value(), "a text", "write 'name: text'");
            }
        }
        return Collections.unmodifiableMap(texts);
    }

    /** The fields of a mapping, none when it is absent. The caller calls its {@link #done()}. */
    public Fields map(String name) {
        return new Fields(mapping(name), path(name), problems, listener);
    }

    /** A mapping that is read later, by whoever knows its fields. */
    public Attributes attributes(String name) {
        return new Attributes(mapping(name), path(name));
    }

    /** The fields of each mapping of a list. The caller calls their done. */
    public List<Fields> items(String name) {
        var items = new ArrayList<Fields>();
        int index = 0;
        for (Node item : list(name)) {
            String place = name + "[" + index++ + "]";
            if (item instanceof MapNode map) {
                items.add(new Fields(map, path(place), problems, listener));
            } else {
                wrongType(place, item, "a mapping", "write a list of mappings");
            }
        }
        return List.copyOf(items);
    }

    /** Reads each mapping of a list; the reader need not call done. */
    public <T> List<T> each(String name, Function<Fields, T> reader) {
        var read = new ArrayList<T>();
        for (Fields item : items(name)) {
            read.add(reader.apply(item));
            item.done();
        }
        return List.copyOf(read);
    }

    /** Reads each mapping under the names of a mapping, in the file's order; the reader need not call done. */
    public <T> Map<String, T> named(String name, BiFunction<String, Fields, T> reader) {
        var items = new LinkedHashMap<String, T>();
        for (MapNode.Entry entry : mapping(name).entries()) {
            String place = name + "." + entry.key();
            if (entry.value() instanceof MapNode || entry.value().isNull()) {
                MapNode map = entry.value() instanceof MapNode given ? given : new MapNode(List.of(), entry.position());
                var fields = new Fields(map, path(place), problems, listener);
                items.put(entry.key(), reader.apply(entry.key(), fields));
                fields.done();
            } else {
                wrongType(place, entry.value(), "a mapping", "write its fields below it, two spaces deeper");
            }
        }
        return Collections.unmodifiableMap(items);
    }

    /** Warns of every field that nobody has asked for, and of every second spelling of one. */
    public void done() {
        for (MapNode.Entry entry : node.entries()) {
            Optional<String> name = askedName(entry.key());
            if (name.isEmpty()) {
                unknown(entry);
                continue;
            }
            String read = node.entry(name.get()).orElse(entry).key();
            if (!read.equals(entry.key())) {
                new Report(problems, ErrorCode.KEY_REPEATED, entry.position().place(), path(entry.key()))
                        .warning()
                        .here("has '" + entry.key() + "' beside '" + read + "'")
                        .why("letter case does not count in names of fields, so only '" + read + "' does")
                        .fix("remove one of them")
                        .add();
            }
        }
    }

    /** Starts a report about a field, at the place of its value, or of the mapping when the field is absent. */
    public Report report(ErrorCode code, String name) {
        Position position =
                node.entry(name).map(entry -> entry.value().position()).orElse(node.position());
        return new Report(problems, code, position.place(), path(name));
    }

    /** Starts a report about the mapping itself. */
    public Report report(ErrorCode code) {
        return new Report(problems, code, node.position().place(), path);
    }

    /** A value as a message may show it: in quotes, shortened, and masked when the field holds a secret. */
    public static String shown(String name, ScalarNode value) {
        String text = Secrets.isSecret(name.substring(name.lastIndexOf('.') + 1)) ? Secrets.MASK : value.text();
        String line = text.replace('\n', ' ');
        return "'" + (line.length() > 60 ? line.substring(0, 57) + "..." : line) + "'";
    }

    private void unknown(MapNode.Entry entry) {
        String name = entry.key().length() > 60 ? entry.key().substring(0, 57) + "..." : entry.key();
        String field = path(name);
        new Report(problems, ErrorCode.FIELD_UNKNOWN, entry.position().place(), field)
                .warning()
                .here("has an unknown field " + field)
                .why("nuclio ignores unknown fields silently, so nucleon accepts the file too: "
                        + consequence(entry.key()))
                .fix(asked.isEmpty() ? "remove it" : NearestName.advice(entry.key(), asked, "known here are: "))
                .add();
    }

    private void ask(String name) {
        asked.add(name);
        listener.accept(path(name));
    }

    private String consequence(String key) {
        boolean triggers = NearestName.to(key, asked).filter("triggers"::equals).isPresent();
        return triggers ? "no trigger is started from it" : "it has no effect";
    }

    private Optional<ScalarNode> scalar(String name, String wanted, String fix) {
        Optional<Node> value = raw(name);
        if (value.isPresent() && !(value.get() instanceof ScalarNode)) {
            wrongType(name, value.get(), wanted, fix);
            return Optional.empty();
        }
        return value.map(ScalarNode.class::cast);
    }

    private List<Node> list(String name) {
        Optional<Node> value = raw(name);
        if (value.isPresent() && !(value.get() instanceof ListNode)) {
            wrongType(name, value.get(), "a list", "write '- item' lines below it");
        }
        return value.orElse(null) instanceof ListNode list ? list.items() : List.of();
    }

    private MapNode mapping(String name) {
        Optional<Node> value = raw(name);
        if (value.isPresent() && !(value.get() instanceof MapNode)) {
            wrongType(name, value.get(), "a mapping", "write its fields below it, two spaces deeper");
        }
        return value.orElse(null) instanceof MapNode map ? map : MapNode.EMPTY;
    }

    private void wrongType(String name, Node value, String wanted, String fix) {
        String why = value instanceof ScalarNode scalar ? shown(name, scalar) : value.describe();
        new Report(problems, ErrorCode.FIELD_TYPE_WRONG, value.position().place(), path(name))
                .what("is not " + wanted)
                .why(why + " stands there")
                .fix(fix)
                .add();
    }

    private void outOfRange(String name, ScalarNode value, String min, String max) {
        report(ErrorCode.FIELD_OUT_OF_RANGE, name)
                .what("is out of range")
                .why(shown(name, value) + " is not between " + min + " and " + max)
                .fix("write a number between " + min + " and " + max)
                .add();
    }

    /** Whole numbers in any notation, also a decimal one without a fraction (JSON's writers make 1.0 and 1e3 of them). */
    private static Optional<BigInteger> whole(String text) {
        Optional<BigInteger> number = Scalars.wholeNumber(text);
        if (number.isPresent()) {
            return number;
        }
        return Scalars.number(text)
                .filter(value -> value == Math.rint(value) && Math.abs(value) < 1L << 53)
                .map(value -> BigInteger.valueOf(value.longValue()));
    }
}
