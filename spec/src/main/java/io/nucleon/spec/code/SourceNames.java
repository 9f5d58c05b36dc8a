package io.nucleon.spec.code;

import io.nucleon.spec.RuntimeName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in a source file that can be handlers, found line by line: Python's and Ruby's top-level functions, JavaScript's
 * exports, Java's classes that implement EventHandler, C#'s public methods. Comments and strings over several lines are left out;
 * names that code makes up at run time are not seen.
 */
public final class SourceNames {
    /** Longer lines are generated, and expressions over them slow. */
    private static final int LONGEST_LINE = 2000;

    private static final Pattern PYTHON = Pattern.compile("^(?:async +)?def +(\\w+) *\\((.*)");
    private static final Pattern PYTHON_ASSIGNED = Pattern.compile("^(handler) *=[^=].*");
    private static final Pattern RUBY = Pattern.compile("^def +(?:self\\.)?(\\w+)(.*)");
    private static final Pattern EXPORTS = Pattern.compile("^(?:module\\.)?exports\\.(\\w+) *=.*");
    private static final Pattern EXPORT =
            Pattern.compile("^export +(?:async +)?(?:function *\\*? *|const +|let +|var +|class +)(\\w+).*");
    private static final Pattern EXPORT_OBJECT = Pattern.compile("^(?:module\\.exports *=|export) *\\{(.*)");
    private static final Pattern PACKAGE = Pattern.compile("^package +([\\w.]+) *;.*");
    private static final Pattern CLASS = Pattern.compile(
            "^(?:(?:public|final|abstract|static) +)*(?:class|record|enum) +(\\w+)[^{]*?\\bimplements\\b([^{]*)\\{?.*");
    private static final Pattern NAMESPACE = Pattern.compile("^namespace +([\\w.]+).*");
    private static final Pattern TYPE =
            Pattern.compile("^(?:(?:public|internal|static|sealed|partial|abstract) +)*class +(\\w+).*");
    private static final Pattern METHOD = Pattern.compile(
            "^public +(?:(?:static|async|virtual|override) +)*[\\w<>\\[\\]?., ]+? +(\\w+) *\\( *(?:\\w+\\.)*Context\\b.*");

    /**
     * Names, and those among them that look like handlers: with the two parameters that a handler has.
     *
     * @param all in the order of the file
     */
    public record Found(List<String> all, List<String> handlers) {
        public Found {
            all = List.copyOf(all);
            handlers = List.copyOf(handlers);
        }
    }

    private final Set<String> all = new LinkedHashSet<>();
    private final Set<String> handlers = new LinkedHashSet<>();
    private String outer = "";
    private String type = "";

    private SourceNames() {}

    /** The names of a source text in the language of a runtime. */
    public static Found of(String source, RuntimeName runtime) {
        var names = new SourceNames();
        List<String> lines = CodeLines.of(source, runtime);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.length() <= LONGEST_LINE) {
                names.line(line, lines, i, runtime.name());
            }
        }
        return new Found(new ArrayList<>(names.all), new ArrayList<>(names.handlers));
    }

    private void line(String line, List<String> lines, int index, String runtime) {
        switch (runtime) {
            case "python", "graalpy" -> python(line, lines, index);
            case "nodejs", "graaljs" -> javascript(line, lines, index);
            case "java" -> java(line.strip(), lines, index);
            case "dotnetcore" -> csharp(line.strip());
            case "ruby" -> ruby(line);
            default -> {}
        }
    }

    private void python(String line, List<String> lines, int index) {
        Matcher function = PYTHON.matcher(line);
        if (function.matches()) {
            String name = function.group(1);
            add(name, !name.equals("init_context") && CodeLines.parameters(function.group(2), lines, index) == 2);
        }
        Matcher assigned = PYTHON_ASSIGNED.matcher(line);
        if (assigned.matches()) {
            add(assigned.group(1), true);
        }
    }

    private void ruby(String line) {
        Matcher function = RUBY.matcher(line);
        if (function.matches()) {
            add(
                    function.group(1),
                    function.group(2).chars().filter(c -> c == ',').count() == 1);
        }
    }

    private void javascript(String line, List<String> lines, int index) {
        for (Pattern pattern : List.of(EXPORTS, EXPORT)) {
            Matcher export = pattern.matcher(line);
            if (export.matches()) {
                addExport(export.group(1));
            }
        }
        Matcher object = EXPORT_OBJECT.matcher(line);
        if (object.matches()) {
            String text = CodeLines.until('}', object.group(1), lines, index + 1);
            for (String item : text.split(",")) {
                String name = item.strip().split("[ :(]")[0];
                if (!name.isEmpty() && name.chars().allMatch(Character::isJavaIdentifierPart)) {
                    addExport(name);
                }
            }
        }
    }

    private void addExport(String name) {
        add(name, !name.equals("initContext"));
    }

    private void java(String line, List<String> lines, int index) {
        Matcher name = PACKAGE.matcher(line);
        if (name.matches()) {
            outer = name.group(1) + ".";
        }
        if (line.contains("class ") || line.contains("record ") || line.contains("enum ")) {
            Matcher type = CLASS.matcher(line + " " + CodeLines.until('{', "", lines, index + 1) + "{");
            if (type.matches()) {
                add(outer + type.group(1), type.group(2).contains("EventHandler"));
            }
        }
    }

    private void csharp(String line) {
        Matcher namespace = NAMESPACE.matcher(line);
        Matcher typeName = TYPE.matcher(line);
        Matcher method = METHOD.matcher(line);
        if (namespace.matches()) {
            outer = namespace.group(1) + ".";
        } else if (typeName.matches()) {
            type = typeName.group(1);
        } else if (method.matches()) {
            add(outer + type + ":" + method.group(1), !method.group(1).equals("InitContext"));
        }
    }

    private void add(String name, boolean handler) {
        all.add(name);
        if (handler) {
            handlers.add(name);
        }
    }
}
