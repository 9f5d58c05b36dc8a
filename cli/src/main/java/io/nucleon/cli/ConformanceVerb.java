package io.nucleon.cli;

import io.nucleon.command.ConformanceOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.error.NearestName;
import io.nucleon.kit.CheckedWrapper;
import io.nucleon.kit.Kit;
import io.nucleon.kit.KitSetting;
import io.nucleon.kit.Rule;
import io.nucleon.kit.Rules;
import io.nucleon.kit.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code nucleon conformance}: checks a wrapper and shows what became of each rule. Confined to one command. */
final class ConformanceVerb {

    private static final int NAME_COLUMNS = 24;
    private static final int SECTION_COLUMNS = 6;
    private static final int WAY_COLUMNS = 5;

    private final Terminal terminal;
    private final ConformanceOptions options;
    private final Look look;
    private final List<Verdict> verdicts = new ArrayList<>();

    ConformanceVerb(Terminal terminal, ConformanceOptions options) {
        this.terminal = terminal;
        this.options = options;
        this.look = terminal.outLook(options.global().colour());
    }

    int run() {
        Documents.refuse(options.global().output(), Output.NAME);
        options.only().forEach(ConformanceVerb::known);
        if (options.showsRules()) {
            return showRules();
        }
        CheckedWrapper wrapper = CheckedWrapper.find(
                terminal.folder(),
                options.folder(),
                options.wrapper(),
                options.functions(),
                options.interpreter().map(terminal.folder()::resolve));
        KitSetting setting = new KitSetting(
                wrapper.command(),
                wrapper.environment(),
                wrapper.functions(),
                wrapper.handler(),
                wrapper.asyncHandler(),
                ways(),
                Set.copyOf(options.only()),
                options.timeout(),
                new MonotonicClock());
        try (Kit kit = new Kit(setting)) {
            return check(kit, wrapper);
        }
    }

    private static void known(String name) {
        if (!Rules.names().contains(name)) {
            throw UsageError.badValue(
                    "--only", name, "there is no such rule", NearestName.advice(name, Rules.names(), "rules: "));
        }
    }

    private List<String> ways() {
        return switch (options.transport()) {
            case AUTO -> List.of("unix", "shm");
            case SHM -> List.of("shm");
            case UNIX -> List.of("unix");
        };
    }

    private int check(Kit kit, CheckedWrapper wrapper) {
        Kit.Introduction introduction = new Kit.Introduction("", "", "");
        switch (kit.open()) {
            case Kit.Opening.Refused refused -> add(refused.verdict());
            case Kit.Opening.Greeted greeted -> {
                introduction = greeted.introduction();
                heading(introduction, wrapper.shown());
                kit.check(introduction, this::add);
            }
        }
        if (isDocument()) {
            Documents.print(terminal, options.global().output(), json(introduction, wrapper.shown()));
        } else {
            terminal.out().println(count(Verdict.State.OK) + " passed, " + count(Verdict.State.FAILED) + " failed");
        }
        return count(Verdict.State.FAILED) == 0 ? 0 : 1;
    }

    private boolean isDocument() {
        return options.global().output().isDocument();
    }

    private long count(Verdict.State state) {
        return verdicts.stream().filter(verdict -> verdict.state() == state).count();
    }

    private void heading(Kit.Introduction introduction, String shown) {
        if (isDocument()) {
            return;
        }
        String ways = introduction.whyNoShm().isEmpty() ? String.join(", ", ways()) : "unix";
        String line =
                Look.harmless(introduction.language() + " " + introduction.version()) + " · " + shown + " · " + ways;
        terminal.out().println(look.symbols(line));
    }

    private void add(Verdict verdict) {
        verdicts.add(verdict);
        if (!isDocument()) {
            terminal.out().print(text(verdict));
            terminal.out().flush();
        }
    }

    private String text(Verdict verdict) {
        Rule rule = verdict.rule();
        String place =
                pad(rule.name(), NAME_COLUMNS) + pad(rule.section(), SECTION_COLUMNS) + pad(verdict.way(), WAY_COLUMNS);
        return switch (verdict.state()) {
            case OK -> look.paint(Role.OK, "ok") + "    " + place.stripTrailing() + "\n";
            case NOT_OFFERED ->
                look.paint(Role.MUTED, "--") + "    " + place + " not offered: " + Look.harmless(verdict.came()) + "\n";
            case FAILED ->
                look.paint(Role.ERROR, "FAIL") + "  " + look.symbols(place + " " + rule.about()) + "\n"
                        + more("sent", verdict.sent())
                        + more("came", verdict.came())
                        + more("read", "PROTOCOL.md " + rule.read());
        };
    }

    private String more(String word, String text) {
        return "        " + word + "  " + look.symbols(Look.harmless(text).replace("\n", "\n              ")) + "\n";
    }

    private static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(1, columns - text.length()));
    }

    private int showRules() {
        for (Rule rule : Rules.all()) {
            terminal.out()
                    .println(look.symbols(
                            pad(rule.name(), NAME_COLUMNS) + pad(rule.section(), SECTION_COLUMNS) + rule.about()));
        }
        return 0;
    }

    private String json(Kit.Introduction introduction, String shown) {
        JsonWriter json = Documents.begin("conformance");
        json.name("wrapper").value(shown).name("language").value(introduction.language());
        json.name("version").value(introduction.version()).name("rules").array();
        for (Verdict verdict : verdicts) {
            Rule rule = verdict.rule();
            json.object().name("rule").value(rule.name()).name("section").value(rule.section());
            json.name("transport").value(verdict.way());
            json.name("state")
                    .value(verdict.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            json.name("about")
                    .value(rule.about())
                    .name("sent")
                    .value(verdict.sent())
                    .name("came")
                    .value(verdict.came());
            json.name("read").value(rule.read()).endObject();
        }
        json.endArray().name("passed").value(count(Verdict.State.OK));
        json.name("failed").value(count(Verdict.State.FAILED));
        return json.name("notOffered")
                .value(count(Verdict.State.NOT_OFFERED))
                .endObject()
                .toString();
    }
}
