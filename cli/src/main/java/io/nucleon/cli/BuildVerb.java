package io.nucleon.cli;

import io.nucleon.builder.BuildOrder;
import io.nucleon.builder.BuildReport;
import io.nucleon.command.BuildOptions;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
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
            return new BuildOrder.Artifact(BuildOrder.Format.DOCKERFILE, null, "", options.aot());
        }
        if (options.aot() && options.format() == BuildOptions.Format.FOLDER) {
            throw ErrorMessage.of(
                            ErrorCode.USAGE,
                            "--aot is for images",
                            "a folder has neither Java nor Nucleon in it",
                            "name an image's form too: --format oci-tar, or --format image")
                    .toException();
        }
        boolean pushed = !function.config().spec().build().images().registry().isEmpty();
        BuildOrder.Format format = switch (options.format()) {
            case FOLDER -> BuildOrder.Format.FOLDER;
            case OCI -> BuildOrder.Format.OCI_LAYOUT;
            case OCI_TAR -> BuildOrder.Format.OCI_TAR;
            case IMAGE -> pushed ? BuildOrder.Format.REGISTRY : BuildOrder.Format.DOCKER;
        };
        Path target = switch (options.format()) {
            case FOLDER -> target(function, ".built");
            case OCI -> target(function, ".oci");
            case OCI_TAR -> target(function, ".oci.tar");
            case IMAGE -> null;
        };
        return new BuildOrder.Artifact(format, target, "", options.aot());
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
