package io.nucleon.builder;

import io.nucleon.builder.source.CodeTree;
import io.nucleon.builder.source.Tool;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.spec.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Installs the packages that a function's files ask for, by its language's own tool, into a folder that belongs beside the code: pip for
 * {@code requirements.txt}, npm for {@code package-lock.json}, Maven for {@code build.dependencies} of Java, NuGet for those of .NET and for a
 * project's. Cached by what the lock file says and by what it is installed for. No script of a package runs.
 */
final class InstallDependencies implements Step {
    private static final String WHEELS = "wheels";

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "DOTNET_CLI_TELEMETRY_OPTOUT", "1",
            "DOTNET_NOLOGO", "1",
            "DOTNET_SKIP_FIRST_TIME_EXPERIENCE", "1",
            // Restoring needs no cultures, and many machines have none.
            "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1",
            "MSBUILDDISABLENODEREUSE", "1",
            "PYTHONHASHSEED", "0");

    @Override
    public String name() {
        return "dependencies";
    }

    /** How they are installed: what the result depends on, the command, and files that it needs in its folder. */
    private record Recipe(
            String what, List<String> key, List<String> command, Map<String, String> files, Finish finish) {}

    /** Leaves nothing in the folder but what belongs beside the code. */
    private interface Finish {
        void in(Path folder) throws IOException;
    }

    @Override
    public boolean run(Workbench bench) throws IOException {
        Recipe recipe = recipe(bench);
        if (recipe == null) {
            return true;
        }
        BuildOrder order = bench.order();
        boolean fresh = bench.config().spec().build().noCache();
        Cache.Entry entry = new Cache(order.tools().cache())
                .get("dependencies", TreeDigest.of(recipe.key), fresh, folder -> install(recipe, folder, bench));
        bench.dependencies(entry.made());
        return entry.found();
    }

    private static Recipe recipe(Workbench bench) throws IOException {
        Path code = bench.code().folder();
        return switch (bench.config().spec().runtime().name()) {
            case "python" -> Files.isRegularFile(code.resolve("requirements.txt")) ? pip(bench, code) : null;
            case "nodejs" -> Files.isRegularFile(code.resolve("package.json")) ? npm(bench, code) : null;
            case "dotnetcore" -> nuget(bench, code);
            case "java" -> bench.config().spec().build().dependencies().isEmpty() ? null : maven(bench);
            default -> null;
        };
    }

    /** Lines with {@code --hash} make pip check all of them by itself. */
    private static Recipe pip(Workbench bench, Path code) throws IOException {
        String requirements = Files.readString(code.resolve("requirements.txt"));
        refuseOptions(requirements);
        Build build = bench.config().spec().build();
        List<String> command = new ArrayList<>(List.of(
                "python3",
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-input",
                "--disable-pip-version-check",
                "--no-compile",
                "--no-warn-script-location",
                "--only-binary=:all:",
                "--target",
                ".",
                "-r",
                "requirements.txt"));
        List<String> key = new ArrayList<>(List.of("pip", requirements, System.getProperty("os.arch")));
        Path wheels = code.resolve(WHEELS);
        if (Files.isDirectory(wheels)) {
            command.addAll(List.of("--find-links", wheels.toString()));
            key.add(TreeDigest.of(wheels));
        }
        if (build.offline()) {
            command.add("--no-index");
        }
        String version = bench.config().spec().runtime().version();
        if (bench.order().artifact().format().isImage() && !version.isEmpty()) {
            command.addAll(List.of("--python-version", version));
            key.add(version);
        } else {
            key.add(pythonOfThisMachine(bench));
        }
        return new Recipe(
                "requirements.txt",
                key,
                command,
                Map.of("requirements.txt", requirements),
                // Scripts that name this machine's interpreter; a function imports, it doesn't call them.
                folder -> CodeTree.remove(folder.resolve("bin")));
    }

    /** Wheels of one version don't always fit another. */
    private static String pythonOfThisMachine(Workbench bench) {
        StringBuilder version = new StringBuilder();
        bench.tool()
                .run(
                        new Tool.Call(
                                bench.folder(),
                                List.of("python3", "-c", "import sys; print(sys.version_info[:2])"),
                                Map.of()),
                        version::append);
        return version.toString();
    }

    /** A file that came with the code must not send pip to files of this machine. */
    private static void refuseOptions(String requirements) {
        for (String line : requirements.lines().map(String::strip).toList()) {
            boolean option = line.startsWith("-") && !line.startsWith("--hash");
            if (option || line.matches("(?i).*(file:|@\\s*[./]).*") || line.startsWith(".") || line.startsWith("/")) {
                throw ErrorMessage.of(
                                ErrorCode.DEPENDENCIES_FAILED,
                                "requirements.txt can't be used: '" + line + "'",
                                "it may name packages and their hashes, not options or files of the builder's machine",
                                "put local packages into " + WHEELS + "/ beside it; they are found there")
                        .toException();
            }
        }
    }

    private static Recipe npm(Workbench bench, Path code) throws IOException {
        String manifest = Files.readString(code.resolve("package.json"));
        boolean locked = Files.isRegularFile(code.resolve("package-lock.json"));
        if (!locked && !manifest.contains("\"dependencies\"")) {
            return null;
        }
        String lock = locked ? Files.readString(code.resolve("package-lock.json")) : "";
        List<String> command = new ArrayList<>(List.of(
                "npm",
                locked ? "ci" : "install",
                "--omit=dev",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-update-notifier"));
        if (bench.config().spec().build().offline()) {
            command.add("--offline");
        }
        if (!locked) {
            bench.log()
                    .accept(
                            "package.json has no package-lock.json beside it: what is installed may differ from build to build");
        }
        Map<String, String> files =
                locked ? Map.of("package.json", manifest, "package-lock.json", lock) : Map.of("package.json", manifest);
        return new Recipe(
                locked ? "package-lock.json" : "package.json",
                List.of("npm", manifest, lock, System.getProperty("os.arch")),
                command,
                files,
                folder -> Files.deleteIfExists(folder.resolve("node_modules/.package-lock.json")));
    }

    private static Recipe maven(Workbench bench) {
        List<MavenCoordinate> all = bench.config().spec().build().dependencies().stream()
                .map(MavenCoordinate::parse)
                .toList();
        String pom = MavenCoordinate.pom(all);
        List<String> command = new ArrayList<>(List.of(
                "mvn",
                "-B",
                "-q",
                "-f",
                "pom.xml",
                "dependency:copy-dependencies",
                "-DincludeScope=runtime",
                "-DoutputDirectory=."));
        if (bench.config().spec().build().offline()) {
            command.add("-o");
        }
        return new Recipe("build.dependencies", List.of("maven", pom), command, Map.of("pom.xml", pom), folder -> {});
    }

    /** Null if nothing is asked for. Packages of a folder {@code nuget/} beside the code are found too, offline those alone. */
    private static Recipe nuget(Workbench bench, Path code) throws IOException {
        Build build = bench.config().spec().build();
        NugetPackages packages = NugetPackages.of(code, build.dependencies());
        if (packages.versions().isEmpty()) {
            return null;
        }
        if (packages.isProject() && !build.dependencies().isEmpty()) {
            throw ErrorMessage.of(
                            ErrorCode.DEPENDENCIES_FAILED,
                            "the function has a project and spec.build.dependencies too",
                            "a start compiles by the project, which doesn't know these packages",
                            "name them in the project as <PackageReference>")
                    .toException();
        }
        String project = packages.project(framework(bench, packages));
        Map<String, String> files = new LinkedHashMap<>(Map.of("restore.csproj", project));
        Path feed = code.resolve(NugetPackages.FEED);
        List<String> command = new ArrayList<>(
                List.of("dotnet", "restore", "restore.csproj", "--packages", "packages", "--verbosity", "minimal"));
        List<String> key = new ArrayList<>(List.of("nuget", project));
        if (build.offline()) {
            files.put("nuget.config", NugetPackages.folderOnly(feed));
            command.addAll(List.of("--configfile", "nuget.config"));
            key.add("offline");
        } else if (Files.isDirectory(feed)) {
            command.add("-p:RestoreAdditionalProjectSources=" + feed);
        }
        if (Files.isDirectory(feed)) {
            key.add(TreeDigest.of(feed));
        }
        Path lock = code.resolve("packages.lock.json");
        if (Files.isRegularFile(lock)) {
            files.put("packages.lock.json", Files.readString(lock));
            command.addAll(List.of("-p:RestorePackagesWithLockFile=true", "-p:RestoreLockedMode=true"));
            key.add(Files.readString(lock));
        }
        return new Recipe(packages.isProject() ? "the project" : "build.dependencies", key, command, files, folder -> {
            NugetPackages.gather(folder);
            CodeTree.remove(folder.resolve("packages"));
            CodeTree.remove(folder.resolve("obj"));
            if (!packages.isProject()) {
                Files.writeString(folder.resolve("handler.csproj"), project);
            }
        });
    }

    /** The project's, the one that is asked for, or what can be compiled where the function will run. */
    private static String framework(Workbench bench, NugetPackages packages) {
        if (packages.framework().matches("[a-z0-9.]+")) {
            return packages.framework();
        }
        String version = bench.config().spec().runtime().version();
        if (version.isEmpty()) {
            StringBuilder said = new StringBuilder();
            bench.tool()
                    .run(
                            new Tool.Call(bench.folder(), List.of("dotnet", "--version"), ENVIRONMENT),
                            line -> said.append(line).append('\n'));
            version = said.toString()
                    .replaceFirst("(?s)^\\s*(\\d+\\.\\d+).*", "$1")
                    .strip();
        }
        return (version.matches("[123]\\..*") ? "netcoreapp" : "net") + version;
    }

    private static void install(Recipe recipe, Path folder, Workbench bench) throws IOException {
        for (Map.Entry<String, String> file : recipe.files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        Tool.End end = bench.tool().run(new Tool.Call(folder, recipe.command, ENVIRONMENT), null);
        if (!end.isOk()) {
            throw ErrorMessage.of(
                            ErrorCode.DEPENDENCIES_FAILED,
                            "the packages of " + recipe.what + " can't be installed",
                            recipe.command.getFirst() + " ended with " + end.exit() + ":\n  | "
                                    + end.lastLines().replace("\n", "\n  | "),
                            "mend " + recipe.what + ", or see the whole log with -v")
                    .toException();
        }
        for (String file : recipe.files.keySet()) {
            Files.delete(folder.resolve(file));
        }
        recipe.finish.in(folder);
    }
}
