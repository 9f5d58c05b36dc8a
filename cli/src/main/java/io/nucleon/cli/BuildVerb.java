package io.nucleon.cli;

import io.nucleon.builder.BuildOrder;
import io.nucleon.builder.BuildReport;
import io.nucleon.command.BuildOptions;
import io.nucleon.command.Terminal;
import io.nucleon.error.JsonWriter;
import java.nio.file.Path;

/** {@code nucleon build}: a portable folder or an image out of a function's source. Confined to the main thread. */
final class BuildVerb {
    private final Terminal terminal;
    private final BuildOptions options;

    BuildVerb(Terminal terminal, BuildOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    int run() {
        GivenFunction function = GivenFunction.of(options.target(), options.code(), terminal.folder());
        Building building = new Building(terminal, options.global());
        BuildReport report = building.build(function, options.code(), artifact(function));
        building.tell("build", Building.summary(report), Building.millis(report));
        if (options.global().output().isDocument()) {
            JsonWriter json = Documents.begin("build")
                    .name("function")
                    .value(report.config().name());
            json.name("image")
                    .value(report.image())
                    .name("artifact")
                    .value(report.artifact() == null ? null : report.artifact().toString());
            report.dockerfile().ifPresent(text -> json.name("dockerfile").value(text));
            json.name("digest").value(report.digest());
            Documents.print(
                    terminal,
                    options.global().output(),
                    Building.steps(json, report.steps()).endObject().toString());
        } else if (report.dockerfile().isPresent()) {
            terminal.out().print(report.dockerfile().get());
        } else {
            terminal.out()
                    .println(
                            report.artifact() == null
                                    ? report.image() + "@" + report.digest()
                                    : report.artifact().toString());
        }
        return 0;
    }

    private BuildOrder.Artifact artifact(GivenFunction function) {
        if (options.printDockerfile()) {
            return new BuildOrder.Artifact(BuildOrder.Format.DOCKERFILE, null, "");
        }
        boolean pushed = !function.config().spec().build().images().registry().isEmpty();
        return switch (options.format()) {
            case FOLDER -> new BuildOrder.Artifact(BuildOrder.Format.FOLDER, target(function, ".built"), "");
            case OCI -> new BuildOrder.Artifact(BuildOrder.Format.OCI_LAYOUT, target(function, ".oci"), "");
            case OCI_TAR -> new BuildOrder.Artifact(BuildOrder.Format.OCI_TAR, target(function, ".oci.tar"), "");
            case IMAGE ->
                new BuildOrder.Artifact(pushed ? BuildOrder.Format.REGISTRY : BuildOrder.Format.DOCKER, null, "");
        };
    }

    private Path target(GivenFunction function, String ending) {
        if (!options.outputPath().isEmpty()) {
            return terminal.folder().resolve(options.outputPath());
        }
        String name = function.config().name().isEmpty()
                ? function.local().map(path -> path.getFileName().toString()).orElse("function")
                : function.config().name();
        return terminal.folder().resolve(name + ending);
    }
}
