package io.nucleon.spec.code;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NearestName;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.Read;
import io.nucleon.spec.ReadOptions;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.problem.Report;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.Position;
import io.nucleon.spec.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration in a source file's comments, {@code # @nuclio.configure} or {@code // @nuclio.configure}.
 *
 * <p>A block begins at a line that holds the marker and {@code @nuclio.NAME}, indented and spaced freely, and ends before the first
 * line that does not begin with the marker, or at the end of the file. Its lines lose the marker and one space; when a line that is
 * not empty has no space there, all lines lose the marker only. The marker is blanked out rather than cut off and the rest of the file
 * becomes empty lines, so that places in messages are places in the source file.
 */
public final class InlineConfig {
    private static final String BLOCK = "configure";
    private static final String DOCUMENT = "function.yaml";

    private InlineConfig() {}

    /**
     * Reads the block of a source file; empty when it has none.
     *
     * @param marker what comments begin with, {@code #} or {@code //}
     */
    public static Optional<Read<FunctionConfig>> read(
            String source, String fileName, String marker, ReadOptions options) {
        Optional<Block> block = block(source, marker);
        if (block.isEmpty()) {
            return Optional.empty();
        }
        var problems = new Problems();
        Node node = new YamlReader(fileName, options.limits(), problems)
                .read(block.get().text())
                .orElse(MapNode.EMPTY);
        MapNode blockFields = node instanceof MapNode map ? map : MapNode.EMPTY;
        if (!problems.hasErrors() && blockFields.get(DOCUMENT).isEmpty()) {
            missing(blockFields, new Position(fileName, block.get().line(), 1), problems);
        }
        if (blockFields.get(DOCUMENT).isPresent()) {
            // A document that is no mapping is reported here.
            new Fields(blockFields, "", problems).map(DOCUMENT);
        }
        Read<FunctionConfig> read = FunctionReader.read(blockFields.map(DOCUMENT), options);
        read.problems().forEach(problems::add);
        return Optional.of(new Read<>(read.asFarAsRead(), problems.inOrder()));
    }

    private static void missing(MapNode block, Position position, Problems problems) {
        List<String> keys = block.entries().stream().map(MapNode.Entry::key).toList();
        String found = keys.isEmpty() ? "it is empty" : "it has only: " + NearestName.list(keys);
        new Report(problems, ErrorCode.INLINE_CONFIG_INVALID, position.place(), "")
                .warning()
                .what("begins a block without a function")
                .why(found)
                .fix("write '" + DOCUMENT + ":' on its first line, and the function below it, two spaces deeper")
                .add();
    }

    /**
     * A block in the lines of its source, empty lines before it.
     *
     * @param line where it starts, counted from 1
     */
    record Block(String text, int line) {}

    static Optional<Block> block(String source, String marker) {
        List<String> lines = source.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (blockName(lines.get(i), marker).equals(BLOCK)) {
                return Optional.of(new Block(blank(lines, i, marker), i + 1));
            }
        }
        return Optional.empty();
    }

    private static String blockName(String line, String marker) {
        String text = line.strip();
        if (!text.startsWith(marker)) {
            return "";
        }
        String start = marker + "@nuclio.";
        String dense = text.length() > 200 ? "" : text.replace(" ", "").replace("\t", "");
        return dense.startsWith(start) ? dense.substring(start.length()) : "";
    }

    private static String blank(List<String> lines, int start, String marker) {
        String first = lines.get(start);
        String indent = first.substring(0, first.length() - first.stripLeading().length());
        var block = new ArrayList<String>();
        boolean dense = false;
        for (String line : lines.subList(start + 1, lines.size())) {
            int from = line.startsWith(marker) ? 0 : line.startsWith(indent + marker) ? indent.length() : -1;
            if (from < 0 || !blockName(line, marker).isEmpty()) {
                break;
            }
            String content = line.substring(from + marker.length());
            dense |= !content.isEmpty() && content.charAt(0) != ' ' && content.charAt(0) != '\t';
            block.add(" ".repeat(from + marker.length()) + content);
        }
        return "\n".repeat(start + 1) + String.join("\n", dense ? block : undented(block)) + "\n";
    }

    /** The character behind the marker may be a tab; as an indent YAML would not take it. */
    private static List<String> undented(List<String> block) {
        return block.stream()
                .map(line -> {
                    int blank = line.length() - line.stripLeading().length();
                    int tab = line.indexOf('\t');
                    return tab >= 0 && tab < blank ? line.replaceFirst("\t", " ") : line;
                })
                .toList();
    }
}
