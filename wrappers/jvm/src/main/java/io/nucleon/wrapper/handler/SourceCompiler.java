package io.nucleon.wrapper.handler;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.error.Place;
import io.nuclio.EventHandler;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles a function's sources in memory. Confined to one thread.
 *
 * <p>Annotation processors don't run: they would be user code in this process before anybody has asked for the handler.
 */
final class SourceCompiler {

    private final CodePath path;

    SourceCompiler(CodePath path) {
        this.path = path;
    }

    /**
     * Binary class names and class files.
     *
     * @throws NucleonException NUC-4022 with the first error's place and line
     */
    Map<String, byte[]> compile() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw noCompiler();
        }
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, Locale.ROOT, UTF_8);
                ClassOutput output = new ClassOutput(files)) {
            StringWriter rest = new StringWriter();
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(path.sources());
            boolean compiled = compiler.getTask(rest, output, problems, options(), null, units)
                    .call();
            if (!compiled) {
                throw invalid(problems.getDiagnostics(), rest.toString());
            }
            return output.classes();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private List<String> options() {
        List<String> entries = new ArrayList<>();
        entries.add(sdk());
        path.classPath().forEach(entry -> entries.add(entry.toString()));
        return List.of(
                "-classpath",
                String.join(File.pathSeparator, entries),
                "-encoding",
                "UTF-8",
                "-proc:none",
                "-nowarn",
                "-g",
                "-parameters",
                "-Xmaxerrs",
                "100");
    }

    private static String sdk() {
        CodeSource source = EventHandler.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw ErrorMessage.of(
                            ErrorCode.INTERNAL, "finding io.nuclio failed: " + source, String.valueOf(e), "report it")
                    .toException(e);
        }
    }

    private NucleonException invalid(List<Diagnostic<? extends JavaFileObject>> problems, String rest)
            throws IOException {
        List<Diagnostic<? extends JavaFileObject>> errors = problems.stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .toList();
        if (errors.isEmpty()) {
            return ErrorMessage.of(
                            ErrorCode.SOURCE_INVALID,
                            "compiling " + path.display() + " failed",
                            rest.strip(),
                            "fix the source")
                    .toException();
        }
        Diagnostic<? extends JavaFileObject> first = errors.get(0);
        Place place = place(first);
        List<String> text = first.getMessage(Locale.ROOT).lines().toList();
        return ErrorMessage.of(
                        ErrorCode.SOURCE_INVALID,
                        shown(place) + " " + text.get(0),
                        String.join("\n", rest(text, errors.size() - 1)),
                        "fix the line and save")
                .at(place)
                .toException();
    }

    private static String shown(Place place) {
        return place.line() == 0 ? place.file() : place.file() + ":" + place.line() + ":" + place.column();
    }

    /** What javac adds below its first line (symbol, location), and how many more errors there are. */
    private static List<String> rest(List<String> message, int others) {
        List<String> rest = new ArrayList<>(message.subList(1, message.size()));
        rest.replaceAll(String::strip);
        if (others > 0) {
            rest.add("and " + others + (others == 1 ? " more error" : " more errors"));
        }
        return rest;
    }

    private Place place(Diagnostic<? extends JavaFileObject> problem) throws IOException {
        if (problem.getSource() == null) {
            return Place.of(path.display(), 0, 0);
        }
        String file = path.display(Path.of(problem.getSource().toUri()));
        if (problem.getPosition() == Diagnostic.NOPOS) {
            return Place.of(file, 0, 0);
        }
        // The column in characters; javac's own counts a tab as up to eight.
        String text = problem.getSource().getCharContent(true).toString();
        int at = (int) Math.min(problem.getPosition(), text.length());
        int start = text.lastIndexOf('\n', at - 1) + 1;
        String line = text.substring(start).lines().findFirst().orElse("");
        return new Place(file, (int) problem.getLineNumber(), at - start + 1, line, "");
    }

    private static NucleonException noCompiler() {
        return ErrorMessage.of(
                        ErrorCode.SOURCE_INVALID,
                        "compiling the handler failed: this Java has no compiler",
                        "a JRE runs Nucleon; " + System.getProperty("java.home") + " lacks the module jdk.compiler",
                        "run Nucleon with a JDK, or give it a .jar or .class files")
                .toException();
    }

    private NucleonException unreadable(IOException cause) {
        return ErrorMessage.of(
                        ErrorCode.SOURCE_INVALID,
                        "reading the sources in " + path.display() + " failed: " + cause.getMessage(),
                        "they must be readable, and text in " + Charset.forName("UTF-8"),
                        "check the files' rights")
                .toException(cause);
    }
}
