package io.nucleon.builder.source;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.spec.Build;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.FunctionSpec;
import io.nucleon.spec.HandlerName;
import io.nucleon.spec.RuntimeName;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.ScalarNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Brings a function's code into an empty folder, wherever it is. Safe for many threads. */
public final class CodeFetcher {
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private final AddressRule rule;
    private final CodeLimits limits;

    /** @param rule which addresses code may come from */
    public CodeFetcher(AddressRule rule, CodeLimits limits) {
        this.rule = rule;
        this.limits = limits;
    }

    /**
     * Fetches the code that a configuration names.
     *
     * @param config where the code is: its build section
     * @param folder relative paths count from it
     * @param work an empty folder of the caller's
     * @param log takes lines of programs that are called, secrets masked
     * @return the folder or file of the function, in {@code work}
     * @throws io.nucleon.error.NucleonException NUC-6xxx
     */
    public Path fetch(FunctionConfig config, Path folder, Path work, Consumer<String> log) {
        Build build = config.spec().build();
        try {
            Path code = Files.createDirectory(work.resolve("code"));
            if (!build.functionSourceCode().isEmpty()) {
                return inline(config.spec(), code);
            }
            return switch (kind(build)) {
                case "git" -> workDir(git(config, code, log), build, false);
                case "github" -> workDir(github(build, work, code), build, true);
                case "archive" -> workDir(archive(build, build.path(), work, code), build, false);
                case "url" -> file(build, code);
                case "s3" ->
                    throw unsupported(
                            "code in S3 is not fetched by this version",
                            "give an https address: codeEntryType: archive");
                default -> local(folder.resolve(build.path()), code);
            };
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.ARTIFACT_NOT_WRITTEN,
                            "the code of the function can't be copied",
                            e.getClass().getSimpleName() + ": " + e.getMessage(),
                            "see that the disk has room and " + work + " can be written to")
                    .toException(e);
        }
    }

    private static String kind(Build build) {
        boolean url = isUrl(build.path());
        if (!build.codeEntryType().isEmpty()
                && !build.codeEntryType().equals("sourceCode")
                && !build.codeEntryType().equals("image")) {
            return build.codeEntryType();
        }
        return url ? isSourceName(build.path()) ? "url" : "archive" : "local";
    }

    private static boolean isUrl(String path) {
        return path.matches("(?i)[a-z][a-z0-9+.-]*://.*");
    }

    private static boolean isSourceName(String url) {
        String path = url.split("[?#]", 2)[0];
        return path.toLowerCase(Locale.ROOT).endsWith(".jar")
                || RuntimeName.ofFile(path.substring(path.lastIndexOf('/') + 1)).isPresent();
    }

    /** As nuclio: the file's name is the handler's module, with the runtime's extension if it has no dot. */
    private static Path inline(FunctionSpec spec, Path code) throws IOException {
        byte[] source;
        try {
            source = Base64.getMimeDecoder().decode(spec.build().functionSourceCode());
        } catch (IllegalArgumentException e) {
            throw ErrorMessage.of(
                            ErrorCode.CODE_ENTRY_INVALID,
                            "spec.build.functionSourceCode can't be read",
                            "it is not base64",
                            "write the source in base64, or name its file by spec.build.path")
                    .toException(e);
        }
        String module =
                HandlerName.parse(spec.handler()).map(HandlerName::module).orElse("");
        String base = module.isEmpty() ? "main" : module;
        String name = base.contains(".") ? base : base + extension(spec.runtime());
        if (!name.matches("[A-Za-z0-9_.-]+") || name.startsWith(".")) {
            throw ErrorMessage.of(
                            ErrorCode.HANDLER_MALFORMED,
                            "spec.handler '" + spec.handler() + "' names no file for the inline source",
                            "its part before the colon becomes the file's name",
                            "write it like main:handler")
                    .toException();
        }
        String text = new String(source, StandardCharsets.UTF_8).replace("\r\n", "\n");
        return Files.write(code.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String extension(RuntimeName runtime) {
        return switch (runtime.name()) {
            case "python", "graalpy" -> ".py";
            case "nodejs", "graaljs" -> ".js";
            case "dotnetcore" -> ".cs";
            case "java" -> ".java";
            case "shell" -> ".sh";
            case "ruby" -> ".rb";
            default -> "";
        };
    }

    private Path git(FunctionConfig config, Path code, Consumer<String> log) throws IOException {
        Build build = config.spec().build();
        String branch = text(build, "branch");
        String tag = text(build, "tag");
        String reference = !branch.isEmpty()
                ? "refs/heads/" + branch
                : !tag.isEmpty() ? "refs/tags/" + tag : text(build, "reference");
        Tool tool = new Tool(SecretMask.of(config), log, LIMIT);
        new GitClone(rule, limits, tool)
                .fetch(
                        new GitClone.Repository(
                                build.path(), reference, text(build, "username"), text(build, "password")),
                        code);
        return code;
    }

    /** Its archive of the branch; the one folder in it is the repository. */
    private Path github(Build build, Path work, Path code) throws IOException {
        String path = build.path().replaceFirst("/$", "").replaceFirst("\\.git$", "");
        return archive(build, path + "/archive/refs/heads/" + text(build, "branch") + ".zip", work, code);
    }

    private Path archive(Build build, String url, Path work, Path code) throws IOException {
        Path packed = work.resolve("archive");
        new Download(rule, limits.maxDownloadBytes()).fetch(url, headers(build), packed);
        if (url.split("[?#]", 2)[0].endsWith(".jar")) {
            return Files.move(packed, code.resolve("function.jar"));
        }
        Unpacker.unpack(packed, io.nucleon.spec.field.Secrets.maskUrl(url), code, limits);
        Files.delete(packed);
        return code;
    }

    private static Map<String, String> headers(Build build) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (MapNode.Entry entry :
                build.codeEntryAttributes().node().map("headers").entries()) {
            headers.put(entry.key(), entry.value() instanceof ScalarNode text ? text.text() : "");
        }
        return headers;
    }

    private Path file(Build build, Path code) {
        String path = build.path().split("[?#]", 2)[0];
        Path target = code.resolve(path.substring(path.lastIndexOf('/') + 1));
        new Download(rule, limits.maxDownloadBytes()).fetch(build.path(), headers(build), target);
        return target;
    }

    private Path local(Path path, Path code) throws IOException {
        if (Files.isDirectory(path)) {
            CodeTree.copy(path.toRealPath(), code, limits);
            return code;
        }
        if (!Files.isRegularFile(path)) {
            throw ErrorMessage.of(
                            ErrorCode.CODE_MISSING,
                            "no function at " + path,
                            "Function path doesn't exist: " + path,
                            "name a folder or file that is there")
                    .toException();
        }
        if (path.toString().endsWith(".jar") || ArchiveKind.of(path) == ArchiveKind.NONE) {
            return Files.copy(path, code.resolve(path.getFileName().toString()));
        }
        Unpacker.unpack(path, path.getFileName().toString(), code, limits);
        return code;
    }

    /** The folder in it that the configuration names; of a GitHub archive below its one folder. */
    private static Path workDir(Path code, Build build, boolean inOneFolder) throws IOException {
        Path top = code;
        if (inOneFolder) {
            try (var entries = Files.list(code)) {
                top = entries.filter(Files::isDirectory).findFirst().orElse(code);
            }
        }
        String name = text(build, "workDir").replaceFirst("^/+", "");
        if (name.isEmpty()) {
            return top;
        }
        Path folder = top.resolve(name).normalize();
        if (!Files.isDirectory(folder) || !folder.toRealPath().startsWith(top.toRealPath())) {
            throw ErrorMessage.of(
                            ErrorCode.CODE_ENTRY_INVALID,
                            "codeEntryAttributes.workDir '" + name + "' can't be used",
                            "Work directory does not exist",
                            "name a folder of the archive or repository")
                    .toException();
        }
        return folder;
    }

    private static String text(Build build, String name) {
        return build.codeEntryAttributes().node().get(name).orElse(null) instanceof ScalarNode text ? text.text() : "";
    }

    private static RuntimeException unsupported(String what, String fix) {
        return ErrorMessage.of(ErrorCode.CODE_ENTRY_INVALID, what, "", fix).toException();
    }
}
