package io.nucleon.cli.template;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A function that was never written before. Immutable.
 *
 * @param async whether its worker has several events open; only for {@link Source#HTTP} and languages that can
 */
public record NewFunction(String name, Language language, Source source, boolean async) {

    private static final String ASYNC_ATTRIBUTE = "      mode: async # 16 events at once in a worker\n";

    /** Of a shell both outputs are the answer unless it is told otherwise. */
    private static final String SHELL_ATTRIBUTES = "  runtimeAttributes:\n    stderr: log\n";

    /** Its files by name, in the order in which a reader is told of them. */
    public Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(language.code(), resource(language.folder() + "/" + shape() + "/" + language.code()));
        files.put("function.yaml", filled("function.yaml"));
        files.put("README.md", filled("README.md"));
        files.put("tests/" + test(), filled("tests/" + shape() + ".yaml"));
        files.put(".gitignore", resource(language.folder() + "/gitignore"));
        return files;
    }

    private String shape() {
        return async ? "async" : source.shape();
    }

    private String test() {
        return switch (source.shape()) {
            case "http" -> "hello.yaml";
            case "cron" -> "nightly.yaml";
            default -> "stored.yaml";
        };
    }

    /** A command that gives it an event while it runs. */
    public String tryIt() {
        if (source == Source.HTTP) {
            return "nucleon invoke " + name + (async ? " -p '/?name=Ada'" : " -b Ada");
        }
        return "nucleon events send " + source.word() + " " + name;
    }

    private String about() {
        String events = source == Source.HTTP
                ? "Answers HTTP requests"
                : source == Source.CRON ? "Runs by a schedule" : "Takes events of kind `" + source.kind() + "`";
        return events + ", written for the runtime `" + language.runtime()
                + "`. Start it, then, in another terminal, give it an event:";
    }

    private String filled(String file) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("about", about());
        values.put("block", resource("triggers/" + source.kind() + ".yaml") + (async ? ASYNC_ATTRIBUTE : ""));
        values.put("attributes", language == Language.SHELL ? SHELL_ATTRIBUTES : "");
        values.put("runtime", language.runtime());
        values.put("handler", language.handler());
        values.put("trigger", source.trigger());
        values.put("kind", source.word());
        values.put("code", language.code());
        values.put("test", test());
        values.put("try", tryIt());
        values.put("name", name);
        String text = resource(file);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return text;
    }

    private static String resource(String file) {
        try (InputStream in = NewFunction.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the template " + file + " is missing in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("reading the template " + file + " failed", e);
        }
    }
}
