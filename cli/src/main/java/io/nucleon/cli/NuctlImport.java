package io.nucleon.cli;

import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.local.LocalPlatform;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.Metadata;
import io.nucleon.spec.ReadOptions;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.yaml.Limits;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.NodeWriter;
import io.nucleon.spec.yaml.ScalarNode;
import io.nucleon.spec.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code nuctl import}: functions and projects as {@code export} writes them become known, are not built and not deployed. One that can't be
 * imported keeps none of the others from it. Confined to one command.
 */
final class NuctlImport {
    private final Terminal terminal;
    private final LocalPlatform platform;
    private final NuctlProjects projects;
    private final Set<String> there;

    NuctlImport(Terminal terminal, LocalPlatform platform, NuctlProjects projects) {
        this.terminal = terminal;
        this.platform = platform;
        this.projects = projects;
        this.there = new HashSet<>(platform.list().stream().map(Deployed::name).toList());
    }

    /** 1 if something could not be imported. */
    int run(NuctlWords taken) {
        MapNode document = read(taken);
        NuctlReport report = taken.kind().equals(NuctlWords.PROJECTS)
                ? projects(document, taken)
                : NuctlReport.ofFunctions(
                        functions(document, document.get("metadata").isPresent(), ""));
        if (taken.has("--save-report")) {
            report.save(terminal.folder().resolve(NuctlReport.path(taken)));
        }
        report.failures().forEach(line -> terminal.err().println("Error - " + line));
        return report.failures().isEmpty() ? 0 : 1;
    }

    private MapNode read(NuctlWords taken) {
        if (taken.name().isEmpty() && terminal.inIsTerminal()) {
            throw ErrorMessage.of(ErrorCode.USAGE, "there is nothing to import", "name a file, or pipe one in", "")
                    .toException();
        }
        String name = taken.name().orElse("standard input");
        try {
            String text = taken.name().isPresent()
                    ? Files.readString(terminal.folder().resolve(name))
                    : new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8);
            return document(text, name);
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.FILE_UNREADABLE, name + " can't be read", String.valueOf(e.getMessage()), "")
                    .toException(e);
        }
    }

    /** A mapping, of YAML or JSON. */
    static MapNode document(String text, String name) {
        Problems problems = new Problems();
        return new YamlReader(name, Limits.DEFAULT, problems)
                .read(text)
                .filter(MapNode.class::isInstance)
                .map(MapNode.class::cast)
                .orElseThrow(() -> ErrorMessage.of(
                                ErrorCode.FILE_UNREADABLE,
                                name + " is no mapping",
                                problems.list().isEmpty()
                                        ? ""
                                        : problems.list().getFirst().toMessage().what(),
                                "")
                        .toException());
    }

    /** @param project that they belong to; empty for what they say themselves */
    private NuctlReport.Functions functions(MapNode document, boolean one, String project) {
        NuctlReport.Functions report = new NuctlReport.Functions();
        Map<String, MapNode> all = one
                ? Map.of(name(document), document)
                : document.entries().stream()
                        .collect(Collectors.toMap(
                                MapNode.Entry::key,
                                entry -> entry.value() instanceof MapNode map ? map : MapNode.EMPTY,
                                (first, second) -> second,
                                TreeMap::new));
        all.forEach((name, node) -> {
            try {
                function(name, node, project);
                report.success().add(name);
            } catch (NucleonException e) {
                report.failed().put(name, e.error().reason());
            }
        });
        return report;
    }

    private static String name(MapNode document) {
        return String.valueOf(document.map("metadata").plain().getOrDefault("name", ""));
    }

    private void function(String name, MapNode node, String project) {
        if (there.contains(name)) {
            throw ErrorMessage.of(ErrorCode.USAGE, "Function with name: " + name + " already exists", "", "")
                    .toException();
        }
        MapNode named = node.withAt(ScalarNode.text(name), "metadata", "name").without("status");
        if (!project.isEmpty()) {
            named = named.withAt(ScalarNode.text(project), "metadata", "labels", Metadata.PROJECT_LABEL);
        }
        String owner = FunctionReader.read(named, ReadOptions.DEFAULT)
                .asFarAsRead()
                .metadata()
                .project();
        platform.imported().write(name, NodeWriter.yaml(named));
        there.add(name);
        if (!projects.exists(owner)) {
            projects.create(owner, "", "");
        }
    }

    private NuctlReport projects(MapNode document, NuctlWords taken) {
        NuctlReport report = NuctlReport.ofProjects();
        List<String> skip = List.of(taken.flag("--skip").split(",", -1));
        Map<String, String> selector = NuctlProjects.labels(taken.flag("--skip-label-selectors"));
        List<MapNode> all = document.get("project").isPresent()
                ? List.of(document)
                : document.entries().stream()
                        .map(MapNode.Entry::value)
                        .filter(MapNode.class::isInstance)
                        .map(MapNode.class::cast)
                        .toList();
        for (MapNode one : all) {
            MapNode project = one.map("project");
            String name = name(project);
            boolean labelled = !selector.isEmpty()
                    && project.map("metadata").map("labels").plain().entrySet().containsAll(selector.entrySet());
            if (skip.contains(name) || labelled) {
                report.skipped(name);
                continue;
            }
            try {
                if (!projects.exists(name)) {
                    platform.projects().file(name);
                    projects.keep(name, project);
                }
                new NuctlEvents(platform.functionEvents()).keepAll(one.map("functionEvents"));
                report.project(name, functions(one.map("functions"), false, name));
            } catch (NucleonException e) {
                report.failed(name, e.error().reason());
            }
        }
        return report;
    }
}
