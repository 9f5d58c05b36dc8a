package io.nucleon.cli;

import io.nucleon.builder.source.AddressRule;
import io.nucleon.builder.source.CodeFetcher;
import io.nucleon.builder.source.CodeLimits;
import io.nucleon.builder.source.CodeTree;
import io.nucleon.command.TemplatesOptions;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.host.RunState;
import io.nucleon.host.UserFolders;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.RuntimeName;
import io.nucleon.spec.field.Secrets;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.NodeWriter;
import io.nucleon.spec.yaml.ScalarNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Brings templates from a folder, archive, repository or address to the user's own. Confined to one command. */
final class TemplatePull {
    /** A template is what somebody reads through and changes. */
    private static final CodeLimits LIMITS = new CodeLimits(16L << 20, 1_000, 200, 16L << 20);

    private static final String CONFIG = "function.yaml";

    private final Terminal terminal;
    private final TemplatesOptions options;
    private final PulledTemplates templates;

    TemplatePull(Terminal terminal, PulledTemplates templates, TemplatesOptions options) {
        this.terminal = terminal;
        this.templates = templates;
        this.options = options;
    }

    /**
     * Their names.
     *
     * @param source as typed
     * @throws io.nucleon.error.NucleonException NUC-1034 if there is none, NUC-6xxx for what can't be fetched, NUC-8001 for a name that is taken
     */
    List<String> run(String source) {
        try {
            UserFolders.makePrivate(templates.store());
            Path work = Files.createTempDirectory(templates.store(), ".pull");
            try {
                return fetch(source, work);
            } finally {
                CodeTree.remove(work);
            }
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.FILE_UNWRITABLE,
                            templates.store() + " can't be written",
                            String.valueOf(e.getMessage()),
                            "see that the disk has room and the folder can be written to")
                    .toException(e);
        }
    }

    private List<String> fetch(String source, Path work) throws IOException {
        AddressRule rule =
                options.allowed().isEmpty() ? AddressRule.PUBLIC : new AddressRule(Set.copyOf(options.allowed()));
        Path code = new CodeFetcher(rule, LIMITS).fetch(config(source), terminal.folder(), work, this::log);
        Map<String, Path> found = found(Files.isDirectory(code) ? code : code.getParent(), source);
        found.keySet().forEach(this::checkName);
        Path made = Files.createDirectory(work.resolve("made"));
        for (Map.Entry<String, Path> one : found.entrySet()) {
            CodeTree.copy(one.getValue(), Files.createDirectory(made.resolve(one.getKey())), LIMITS);
        }
        for (String name : found.keySet()) {
            Path target = templates.store().resolve(name);
            if (Files.exists(target)) {
                Files.move(target, work.resolve("old-" + name), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(made.resolve(name), target, StandardCopyOption.ATOMIC_MOVE);
        }
        return List.copyOf(found.keySet());
    }

    /** The source as the configuration of a function would name it. */
    private FunctionConfig config(String source) {
        boolean repository = source.endsWith(".git")
                || !options.branch().isEmpty()
                || source.matches("https://(github|gitlab)\\.com/[^/?#]+/[^/?#]+/?");
        MapNode document = MapNode.EMPTY.withAt(ScalarNode.text(source), "spec", "build", "path");
        if (repository) {
            String reference = options.branch().isEmpty() ? "HEAD" : "refs/heads/" + options.branch();
            document = document.withAt(ScalarNode.text("git"), "spec", "build", "codeEntryType")
                    .withAt(ScalarNode.text(reference), "spec", "build", "codeEntryAttributes", "reference");
        }
        if (!options.folder().isEmpty()) {
            document = document.withAt(
                    ScalarNode.text(options.folder()), "spec", "build", "codeEntryAttributes", "workDir");
        }
        return FunctionReader.read(NodeWriter.yaml(document), CONFIG).asFarAsRead();
    }

    /** A function's folder is one template; a folder of such has one in each. */
    private Map<String, Path> found(Path code, String source) throws IOException {
        // Of what comes from an address, only that folder has been fetched.
        boolean whole = options.folder().isEmpty() || source.matches("(?i)[a-z][a-z0-9+.-]*://.*");
        Path top = whole ? code : inside(code);
        Map<String, Path> found = new TreeMap<>();
        if (!Files.exists(top.resolve(CONFIG))) {
            for (Path folder : list(top)) {
                if (Files.isDirectory(folder) && Files.isRegularFile(folder.resolve(CONFIG))) {
                    found.put(folder.getFileName().toString(), folder);
                }
            }
        }
        boolean one = found.isEmpty()
                && list(top).stream()
                        .map(file -> file.getFileName().toString())
                        .anyMatch(file ->
                                file.equals(CONFIG) || RuntimeName.ofFile(file).isPresent());
        if (one) {
            found.put(options.as().orElseGet(() -> nameOf(source)), top);
        } else if (options.as().isPresent() && found.size() == 1) {
            return Map.of(options.as().get(), found.values().iterator().next());
        } else if (options.as().isPresent() && !found.isEmpty()) {
            throw UsageError.badValue(
                    "--as",
                    options.as().get(),
                    "there are " + found.size() + " templates",
                    "name one of them by --folder");
        }
        if (found.isEmpty()) {
            throw ErrorMessage.of(
                            ErrorCode.CODE_MISSING,
                            "there is no template in " + Secrets.maskUrl(source),
                            "neither it nor a folder in it has a function.yaml, and it has no handler's file",
                            "name its folder: --folder PATH")
                    .toException();
        }
        return found;
    }

    /** A folder below what was copied; it can't lead out, as no link in it does. */
    private Path inside(Path code) throws IOException {
        Path folder = code.resolve(options.folder()).normalize();
        if (!Files.isDirectory(folder) || !folder.toRealPath().startsWith(code.toRealPath())) {
            throw UsageError.badValue("--folder", options.folder(), "there is no such folder in the source", "");
        }
        return folder;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    /** {@code https://a.example/shop.git} and {@code ./shop} are {@code shop}. */
    private String nameOf(String source) {
        List<String> parts = new ArrayList<>(
                List.of((options.folder().isEmpty() ? source : options.folder()).split("[?#]", 2)[0].split("/")));
        parts.removeIf(part -> part.isEmpty() || part.equals("."));
        String last = parts.isEmpty() || parts.getLast().equals("..")
                ? String.valueOf(terminal.folder().resolve(source).normalize().getFileName())
                : parts.getLast();
        return last.replaceFirst("(?i)\\.(git|zip|jar|tar|tgz|tar\\.gz|tar\\.bz2|tar\\.xz|py|js|cs|java|sh|rb)$", "");
    }

    private void checkName(String name) {
        if (!RunState.isName(name)) {
            throw UsageError.badValue(
                    "a template's name",
                    name,
                    "it has characters that a name can't have",
                    "give it another: --as NAME");
        }
        if (BuiltInTemplate.NAMES.contains(name)) {
            throw UsageError.badValue(
                    "a template's name", name, "one that is built in has it", "give it another: --as NAME");
        }
        if (templates.has(name) && !options.force()) {
            throw UsageError.badValue(
                    "a template's name",
                    name,
                    "there is one of that name",
                    "replace it: --force   or give it another: --as NAME");
        }
    }

    private void log(String line) {
        if (options.global().verbosity() > 0) {
            terminal.err().println(Look.harmless(line));
        }
    }
}
