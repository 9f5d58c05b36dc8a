package io.nucleon.cli;

import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.host.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of an import, in the form of nuctl's report. Confined to one command. */
final class NuctlReport {
    private static final String FILE = "nuctl-import-report.json";

    private final Optional<Functions> functions;
    private final Map<String, Project> projects = new LinkedHashMap<>();

    /** What became of the functions of a document or a project; why, for those that failed. */
    record Functions(List<String> success, Map<String, String> failed) {
        Functions() {
            this(new ArrayList<>(), new LinkedHashMap<>());
        }

        void write(JsonWriter json) {
            json.object().name("success").array();
            success.forEach(json::value);
            json.endArray().name("failed").object();
            failed.forEach((name, why) -> write(json.name(name), why));
            json.endObject().endObject();
        }

        /** Nothing that fails here can be mended by leaving something out. */
        static void write(JsonWriter json, String why) {
            json.object()
                    .name("failReason")
                    .value(why)
                    .name("canBeAutoFixed")
                    .value(false)
                    .endObject();
        }
    }

    private record Project(boolean skipped, String failure, Functions functions) {}

    private NuctlReport(Optional<Functions> functions) {
        this.functions = functions;
    }

    static NuctlReport ofFunctions(Functions functions) {
        return new NuctlReport(Optional.of(functions));
    }

    static NuctlReport ofProjects() {
        return new NuctlReport(Optional.empty());
    }

    void skipped(String name) {
        projects.put(name, new Project(true, "", new Functions()));
    }

    void failed(String name, String why) {
        projects.put(name, new Project(false, why, new Functions()));
    }

    void project(String name, Functions imported) {
        projects.put(name, new Project(false, "", imported));
    }

    /** A line for each thing that failed. */
    List<String> failures() {
        List<String> lines = new ArrayList<>();
        functions.ifPresent(all -> all.failed.forEach((name, why) -> lines.add("function " + name + ": " + why)));
        projects.forEach((name, project) -> {
            if (!project.failure.isEmpty()) {
                lines.add("project " + name + ": " + project.failure);
            }
            project.functions.failed.forEach((function, why) -> lines.add("function " + function + ": " + why));
        });
        return lines;
    }

    static String path(NuctlWords taken) {
        return taken.flag("--report-file-path").isEmpty() ? FILE : taken.flag("--report-file-path");
    }

    void save(Path file) {
        JsonWriter json = new JsonWriter();
        if (functions.isPresent()) {
            functions.get().write(json);
        } else {
            json.object().name("reports").object();
            projects.forEach((name, project) -> {
                json.name(name).object().name("name").value(name);
                json.name("skipped").value(project.skipped);
                json.name("success").value(!project.skipped && project.failure.isEmpty());
                json.name("failed");
                if (project.failure.isEmpty()) {
                    json.json("null");
                } else {
                    Functions.write(json, project.failure);
                }
                project.functions.write(json.name("functionReports"));
                json.endObject();
            });
            json.endObject().endObject();
        }
        BenchFiles.write(file, json + "\n");
    }

    /** {@code nuctl parse}: the report of an import as a table. */
    static int show(Terminal terminal, NuctlWords taken) {
        Path file = terminal.folder().resolve(path(taken));
        Map<String, Object> report;
        try {
            report = JsonReader.object(Files.readString(file)).orElseThrow(() -> unreadable(file, "it is no report"));
        } catch (IOException e) {
            throw unreadable(file, String.valueOf(e.getMessage()));
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TYPE", "NAME", "STATUS", "FAIL DESCRIPTION", "AUTO-FIXABLE"));
        boolean onlyFailed = taken.has("--failed");
        Optional<Map<String, Object>> projects = JsonReader.asObject(report.get("reports"));
        if (projects.isPresent()) {
            projects.get().forEach((name, value) -> {
                Map<String, Object> project = JsonReader.asObject(value).orElse(Map.of());
                Optional<Map<String, Object>> failure = JsonReader.asObject(project.get("failed"));
                String status = failure.isPresent()
                        ? "failed"
                        : Boolean.TRUE.equals(project.get("skipped")) ? "skipped" : "success";
                row(rows, "Project", name, status, failure.orElse(Map.of()), onlyFailed);
                functions(
                        rows,
                        JsonReader.asObject(project.get("functionReports")).orElse(Map.of()),
                        onlyFailed);
            });
        } else {
            functions(rows, report, onlyFailed);
        }
        String table = NuctlTable.text(rows);
        if (taken.flag("--output-path").isEmpty()) {
            terminal.out().print(table);
        } else {
            BenchFiles.write(terminal.folder().resolve(taken.flag("--output-path")), table);
        }
        return 0;
    }

    private static void functions(List<List<String>> rows, Map<String, Object> report, boolean onlyFailed) {
        if (report.get("success") instanceof List<?> names) {
            names.forEach(name -> row(rows, "Function", String.valueOf(name), "success", Map.of(), onlyFailed));
        }
        JsonReader.asObject(report.get("failed"))
                .orElse(Map.of())
                .forEach((name, why) -> row(
                        rows,
                        "Function",
                        name,
                        "failed",
                        JsonReader.asObject(why).orElse(Map.of()),
                        onlyFailed));
    }

    private static void row(
            List<List<String>> rows,
            String type,
            String name,
            String status,
            Map<String, Object> failure,
            boolean onlyFailed) {
        if (!onlyFailed || status.equals("failed")) {
            String fixable = status.equals("failed") ? String.valueOf(failure.get("canBeAutoFixed")) : "";
            rows.add(List.of(type, name, status, JsonReader.text(failure, "failReason"), fixable));
        }
    }

    private static RuntimeException unreadable(Path file, String why) {
        return ErrorMessage.of(ErrorCode.FILE_UNREADABLE, file + " can't be read", why, "")
                .toException();
    }
}
