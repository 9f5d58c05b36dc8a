package io.nucleon.cli;

import io.nucleon.command.DeleteOptions;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.NucleonException;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.Platform;
import java.util.ArrayList;
import java.util.List;

/** {@code nucleon delete}: ends functions and removes what there is of them. Confined to the main thread. */
final class DeleteVerb {
    private final Terminal terminal;
    private final DeleteOptions options;
    private final Platform platform;

    DeleteVerb(Terminal terminal, UserFolders folders, DeleteOptions options) {
        this.terminal = terminal;
        this.options = options;
        this.platform = Platforms.of(options.global(), folders, terminal.env());
    }

    int run() {
        List<String> gone = new ArrayList<>();
        for (String name : options.names()) {
            if (!isAgreed(name)) {
                continue;
            }
            try {
                platform.delete(name, options.keepDead());
                gone.add(name);
            } catch (NucleonException e) {
                if (e.code() != ErrorCode.FUNCTION_NOT_DEPLOYED || !options.force()) {
                    throw e;
                }
            }
        }
        if (options.global().output().isDocument()) {
            JsonWriter json = Documents.begin("delete").name("items").array();
            gone.forEach(name -> json.object().name("name").value(name).endObject());
            Documents.print(
                    terminal,
                    options.global().output(),
                    json.endArray().endObject().toString());
        } else if (!options.global().quiet()) {
            gone.forEach(name -> terminal.out().println("deleted " + name));
        }
        return 0;
    }

    /** On a terminal alone: scripts never meet a question. */
    private boolean isAgreed(String name) {
        if (!Question.canBeAsked(terminal)
                || options.force()
                || options.global().yes()) {
            return true;
        }
        if (options.global().noInput()) {
            throw UsageError.badValue(
                    "delete", name, "it would ask, and --no-input forbids that", "nucleon delete " + name + " -y");
        }
        return Question.isYes(
                terminal,
                "delete " + name + ": its versions, its logs"
                        + (options.keepDead() ? "" : ", its journal with dead letters"));
    }
}
