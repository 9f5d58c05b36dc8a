package io.nucleon.cli;

import io.nucleon.cli.cases.NamedValue;
import io.nucleon.cli.cases.Seen;
import io.nucleon.command.Terminal;
import io.nucleon.command.TestOptions;
import io.nucleon.command.UsageError;
import io.nucleon.error.JsonWriter;
import io.nucleon.host.JsonReader;
import io.nucleon.host.JsonTree;
import io.nucleon.host.UserFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code nucleon test --record}: calls a function and makes a case of what it answers. Confined to one command. */
final class TestRecording {
    private final Terminal terminal;
    private final UserFolders folders;
    private final TestOptions options;
    private final Clock clock;

    TestRecording(Terminal terminal, UserFolders folders, TestOptions options, Clock clock) {
        this.terminal = terminal;
        this.folders = folders;
        this.options = options;
        this.clock = clock;
    }

    int run() {
        String name = options.record().orElseThrow();
        Path file = terminal.folder().resolve(options.target()).resolve("tests").resolve(name + ".yaml");
        if (Files.exists(file) && !options.global().yes()) {
            throw UsageError.badValue("--record", name, "there is a test of that name", "replace it: --yes");
        }
        CallBody body = CallBody.of(options, terminal, true);
        Target target = new TargetFinder(terminal, folders, options.global(), "test", clock)
                .find(path(), List.of("--quiet"), options.global().verbosity() > 0);
        try (TestCalls calls = new TestCalls(target, folders, options.timeout(), clock)) {
            Call call = CallFactory.call(options, body, target.url());
            Seen seen = calls.send(call);
            BenchFiles.write(file, yaml(name, call, options.path(), seen));
            terminal.out()
                    .println(terminal.folder().relativize(file) + "  " + seen.status() + "  " + seen.body().length
                            + " B");
            return 0;
        } catch (IOException e) {
            throw TestCalls.broken(target, e);
        } finally {
            BenchVerb.close(target);
        }
    }

    /** A path, whatever it looks like, since its tests are to lie in it. */
    private String path() {
        return options.target().indexOf('/') < 0 ? "./" + options.target() : options.target();
    }

    /** The file: the call as it was made, the answer as it was but for what changes from call to call. */
    static String yaml(String name, Call call, String path, Seen seen) {
        StringBuilder yaml = new StringBuilder("name: " + quoted(name) + "\nevent:\n");
        yaml.append("  method: ").append(quoted(call.method())).append('\n');
        yaml.append("  path: ").append(quoted(path)).append('\n');
        List<Header> headers = call.headers().stream()
                .filter(header -> !header.name().equalsIgnoreCase("User-Agent"))
                .toList();
        if (!headers.isEmpty()) {
            yaml.append("  headers:\n");
            headers.forEach(header -> yaml.append("    ")
                    .append(quoted(header.name()))
                    .append(": ")
                    .append(quoted(header.value()))
                    .append('\n'));
        }
        if (call.body().length() > 0) {
            Optional<String> text = Utf8.text(call.body().bytes());
            yaml.append(
                    text.isPresent()
                            ? "  body: " + quoted(text.get()) + "\n"
                            : "  base64: "
                                    + Base64.getEncoder()
                                            .encodeToString(call.body().bytes()) + "\n");
        }
        yaml.append("expect:\n  status: ").append(seen.status()).append('\n');
        seen.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("Content-Type"))
                .findFirst()
                .map(NamedValue::value)
                .ifPresent(type -> yaml.append("  headers:\n    Content-Type: ")
                        .append(quoted(type))
                        .append('\n'));
        body(yaml, seen.body());
        return yaml.toString();
    }

    private static void body(StringBuilder yaml, byte... body) {
        Optional<String> text = Utf8.text(body);
        if (text.isEmpty()) {
            yaml.append("  # the body is ").append(body.length).append(" bytes that are no text\n");
            return;
        }
        Optional<Map<String, Object>> object = JsonReader.object(text.get());
        if (object.isPresent() && !object.get().isEmpty()) {
            // JSON is YAML too, and on a line for each member it can be thinned out by hand.
            yaml.append("  body:\n");
            object.get()
                    .forEach((member, value) -> yaml.append("    ")
                            .append(quoted(member))
                            .append(": ")
                            .append(JsonTree.text(value))
                            .append('\n'));
        } else if (!text.get().isEmpty()) {
            yaml.append("  body: ").append(quoted(text.get())).append('\n');
        }
    }

    /** JSON's quoted form is YAML's too. */
    private static String quoted(String text) {
        return new JsonWriter().value(text).toString();
    }
}
