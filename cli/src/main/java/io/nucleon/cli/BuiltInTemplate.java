package io.nucleon.cli;

import io.nucleon.cli.template.Language;
import io.nucleon.cli.template.NewFunction;
import io.nucleon.cli.template.Source;
import io.nucleon.command.UsageError;
import io.nucleon.error.NearestName;
import java.util.List;

/** Templates that come with Nucleon, by the words of the command line. Stateless. */
final class BuiltInTemplate {
    static final String USUAL_RUNTIME = "python";
    static final String USUAL_TRIGGER = "http";
    static final String PLAIN = "plain";
    static final String ASYNC = "async";

    /** Their names. */
    static final List<String> NAMES = List.of(PLAIN, ASYNC);

    private BuiltInTemplate() {}

    /**
     * A function of a template.
     *
     * @param template one of {@link #NAMES}
     * @throws io.nucleon.error.NucleonException NUC-8001 for words that are none, or that don't go together
     */
    static NewFunction function(String name, String template, String runtime, String trigger) {
        Source source = Source.of(trigger)
                .orElseThrow(() -> UsageError.badValue(
                        "--trigger", trigger, "", NearestName.advice(trigger, Source.words(), "kinds: ")));
        Language language = Language.of(runtime)
                .orElseThrow(() -> UsageError.badValue(
                        "--runtime", runtime, "", NearestName.advice(runtime, Language.runtimes(), "runtimes: ")));
        boolean async = template.equals(ASYNC);
        if (async && (source != Source.HTTP || !language.hasAsync())) {
            throw UsageError.badValue(
                    "--template",
                    ASYNC,
                    "it is for --trigger http and the runtimes python, nodejs, dotnetcore, graaljs, graalpy",
                    "leave --template out");
        }
        return new NewFunction(name, language, source, async);
    }
}
