package io.nucleon.cli;

import io.nucleon.command.GlobalOptions;
import io.nucleon.command.LookOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.local.LocalPlatform;
import java.util.List;
import java.util.function.Supplier;

/** {@code nucleon list}: what there is of one sort on this machine, once or until Ctrl-C. Confined to one command. */
final class ListVerb {
    private final Terminal terminal;
    private final UserFolders folders;
    private final GlobalOptions options;
    private final LocalPlatform platform;

    ListVerb(Terminal terminal, UserFolders folders, GlobalOptions options) {
        this.terminal = terminal;
        this.folders = folders;
        this.options = options;
        this.platform = Platforms.local(folders, terminal.env());
    }

    int run(LookOptions.ListFunctions wanted) {
        boolean wide = options.output() == Output.WIDE;
        Supplier<Listing> look = () -> switch (wanted.what()) {
            case FUNCTIONS -> new FunctionTable(terminal, functions(), wide).of(wanted);
            case TRIGGERS -> OtherTables.triggers(functions(), wanted.labels());
            case PROJECTS -> OtherTables.projects(functions(), new NuctlProjects(platform, platform), wide);
            case TEMPLATES -> OtherTables.templates(new PulledTemplates(folders));
            case EVENTS -> OtherTables.events();
        };
        if (wanted.watch()) {
            return new ListWatch(terminal, options).run(look);
        }
        look.get().print(terminal, options);
        return 0;
    }

    /** One project in full. */
    int project(String name) {
        return OtherTables.project(terminal, options, name, functions(), new NuctlProjects(platform, platform));
    }

    /** Asks every host anew. */
    List<ListedFunction> functions() {
        return Platforms.isDocker(options)
                ? ListedFunction.elsewhere(
                        Platforms.docker(folders, terminal.env()).list())
                : ListedFunction.all(folders, platform.list(), new MonotonicClock());
    }
}
