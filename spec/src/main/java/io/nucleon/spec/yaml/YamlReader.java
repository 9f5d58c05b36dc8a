package io.nucleon.spec.yaml;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.Place;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.problem.Report;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML or JSON document that nobody vouches for: size, depth and expanded aliases are bounded, and whatever is wrong
 * becomes a problem with its place, never an exception. Confined to one thread; used for one document.
 */
public final class YamlReader {
    private final String file;
    private final Limits limits;
    private final Problems problems;

    public YamlReader(String file, Limits limits, Problems problems) {
        this.file = file;
        this.limits = limits;
        this.problems = problems;
    }

    /** Reads a file's text as UTF-8, empty with a problem (NUC-1001, 1003, 1006) when it can't be had. */
    public Optional<String> text(Path path) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(limits.maxBytes() + 1);
        } catch (NoSuchFileException e) {
            refuse(
                    ErrorCode.CONFIG_UNREADABLE,
                    Position.of(file),
                    "can't be read",
                    "there is no such file",
                    "check the path");
            return Optional.empty();
        } catch (IOException e) {
            String why = Files.isDirectory(path) ? "it is a folder" : "the system says: " + e.getMessage();
            refuse(
                    ErrorCode.CONFIG_UNREADABLE,
                    Position.of(file),
                    "can't be read",
                    why,
                    "check the path and its rights");
            return Optional.empty();
        }
        return decode(bytes);
    }

    /** Decodes bytes as UTF-8, empty with a problem when they are too many or no text. */
    public Optional<String> decode(byte[] bytes) {
        if (bytes.length > limits.maxBytes()) {
            refuse(tooLarge());
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            refuse(
                    ErrorCode.CONFIG_NOT_TEXT,
                    badByte(bytes),
                    "is not text",
                    "these bytes are not UTF-8",
                    "save the file as UTF-8");
            return Optional.empty();
        }
    }

    /** The tree of a document, empty with problems when it can't be had; an empty document is an empty mapping. */
    public Optional<Node> read(String text) {
        String source = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            checkCharacters(source);
            return Optional.of(parse(source));
        } catch (Refusal refusal) {
            refuse(refusal, source);
        } catch (MarkedYamlEngineException e) {
            refuse(refusal(e, source), source);
        } catch (YamlEngineException e) {
            refuse(
                    ErrorCode.YAML_INVALID,
                    Position.of(file),
                    "is not valid YAML",
                    "the parser says: " + e.getMessage(),
                    "check the file with an editor that knows YAML");
        }
        return Optional.empty();
    }

    private Node parse(String source) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        Iterator<Event> events = new Parse(settings).parseString(source).iterator();
        events.next();
        Event first = events.next();
        if (first.getEventId() == Event.ID.StreamEnd) {
            return new MapNode(List.of(), Position.of(file));
        }
        Node node = new TreeBuilder(events, file, limits, this::duplicate).node(events.next(), 1);
        events.next();
        Event last = events.next();
        if (last.getEventId() != Event.ID.StreamEnd) {
            int line = last.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
            var position = new Position(file, line, 1);
            new Report(problems, ErrorCode.DOCUMENT_IGNORED, position.place(), "")
                    .warning()
                    .what("starts a second document")
                    .why("only the first document of a file is read")
                    .fix("put it into a file of its own")
                    .add();
        }
        return node;
    }

    private void checkCharacters(String source) {
        if (source.length() > limits.maxBytes() || source.getBytes(StandardCharsets.UTF_8).length > limits.maxBytes()) {
            throw tooLarge();
        }
        int line = 1;
        int start = 0;
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\n') {
                line++;
                start = i + 1;
            } else if ((c < ' ' && c != '\t' && c != '\r') || c == 0x7F || c == 0xFFFE || c == 0xFFFF) {
                throw new Refusal(
                        ErrorCode.CONFIG_NOT_TEXT,
                        new Position(file, line, i - start + 1),
                        "",
                        "it holds the control character U+"
                                + Integer.toHexString(0x10000 | c).substring(1).toUpperCase(Locale.ROOT),
                        "remove it, or write it as an escape in double quotes");
            }
        }
    }

    private Refusal tooLarge() {
        return new Refusal(
                ErrorCode.CONFIG_TOO_LARGE,
                Position.of(file),
                "",
                "it is larger than " + limits.maxBytes() + " bytes",
                "make it smaller; put source code into a file of its own");
    }

    private Refusal refusal(MarkedYamlEngineException e, String source) {
        Position position = e.getProblemMark()
                .or(e::getContextMark)
                .map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(Position.of(file));
        String said = e.getProblem() == null ? String.valueOf(e.getMessage()) : e.getProblem();
        var why = Explanation.of(said, Excerpt.line(source, position.line()), position.column());
        return new Refusal(ErrorCode.YAML_INVALID, position, why.note(), why.why(), why.fix());
    }

    private void duplicate(String key, Position position) {
        new Report(problems, ErrorCode.KEY_REPEATED, position.place(), key)
                .here("has the key '" + key + "' a second time")
                .why("only one of the two values could count")
                .fix("remove one of them, or give it another name")
                .add();
    }

    private void refuse(Refusal refusal) {
        refuse(refusal, "");
    }

    private void refuse(Refusal refusal, String source) {
        Position position = refusal.position();
        String what = switch (refusal.code()) {
            case CONFIG_NOT_TEXT -> "is not text";
            case CONFIG_TOO_LARGE -> "is over a limit";
            default -> "is not valid YAML";
        };
        boolean shown = refusal.code() == ErrorCode.YAML_INVALID;
        Place place = shown ? Excerpt.of(source, position, refusal.note()) : position.place();
        new Report(problems, refusal.code(), place, "")
                .words(position + " " + what)
                .why(refusal.why())
                .fix(refusal.fix())
                .add();
    }

    private void refuse(ErrorCode code, Position position, String what, String why, String fix) {
        new Report(problems, code, position.place(), "")
                .words(position + " " + what)
                .why(why)
                .fix(fix)
                .add();
    }

    private Position badByte(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length);
        StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        int line = 1;
        int column = 1;
        for (int i = 0; i < out.position(); i++) {
            boolean end = out.get(i) == '\n';
            line += end ? 1 : 0;
            column = end ? 1 : column + 1;
        }
        return new Position(file, line, column);
    }
}
