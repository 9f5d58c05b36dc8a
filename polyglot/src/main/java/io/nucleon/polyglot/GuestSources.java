package io.nucleon.polyglot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.polyglot.Source;

/** Our own code in the two languages. Equal sources are parsed and compiled once for an engine. Stateless. */
final class GuestSources {

    private GuestSources() {}

    /** A script of this room's, whose value is a function. */
    static Source javaScript(String name) {
        String text = resource("js/" + name + ".js");
        return Source.newBuilder("js", text, "nucleon:" + name)
                .cached(true)
                .internal(true)
                .buildLiteral();
    }

    /** A CommonJS module of this room's, or null: one of those that Node.js has, or what takes the place of a wrapper's. */
    static Source builtin(String name) {
        String file = "js/" + name + ".js";
        return GuestSources.class.getResource(file) == null ? null : module(resource(file), "nucleon:" + name);
    }

    static Source python(String name) {
        return Source.newBuilder("python", resource("python/" + name + ".py"), "nucleon:" + name)
                .cached(true)
                .internal(true)
                .buildLiteral();
    }

    /** A CommonJS module as a function of what it finds around it; line numbers are those of the text. */
    static Source module(String text, String name) {
        String line = text.startsWith("#!") ? "//" + text : text;
        String whole = "(function (exports, require, module, __filename, __dirname) {" + line + "\n})";
        return Source.newBuilder("js", whole, name).cached(true).buildLiteral();
    }

    /** The same for a file, whose `import()` is relative to it. */
    static Source moduleFile(String text, Path file) {
        try {
            return Source.newBuilder("js", file.toFile())
                    .content(module(text, file.toString()).getCharacters())
                    .name(file.toString())
                    .cached(true)
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException("a source with its text given was read", e);
        }
    }

    /** A file of a wrapper. */
    static String wrapper(GuestSetting setting, String file) {
        try {
            return Files.readString(wrapperFolder(setting).resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException("reading " + file + " of the wrapper failed: nucleon is incomplete", e);
        }
    }

    /** Of GraalVM: {@code 25.0.2}. The engine says that of a GraalVM only, which this JDK is none of. */
    static String version() {
        return resource("graalvm.properties")
                .lines()
                .filter(line -> line.startsWith("version="))
                .map(line -> line.substring("version=".length()))
                .findFirst()
                .orElse("");
    }

    static Path wrapperFolder(GuestSetting setting) {
        return setting.home().resolve("wrappers").resolve(setting.language().wrapper());
    }

    private static String resource(String name) {
        try (InputStream in = GuestSources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("reading " + name + " failed", e);
        }
    }
}
