package io.nucleon.app;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Severity;
import io.nucleon.program.Browser;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code run --open}: shows the first function that has an address in the user's browser. Stateless. */
final class Opening {

    private Opening() {}

    /**
     * Begins it and returns at once: a browser that can't be had must not hold up what is served.
     *
     * @param warn hears why none can be shown, on another thread
     */
    static void begin(List<HostedFunction> functions, Map<String, String> env, Consumer<ErrorMessage> warn) {
        Optional<URI> page =
                functions.stream().flatMap(one -> one.url().stream()).findFirst();
        if (page.isEmpty()) {
            warn.accept(message("no function has an HTTP trigger", List.of("add a trigger of kind http")));
            return;
        }
        Threads.browser(() -> {
            try {
                Browser.of(env)
                        .open(page.get())
                        .ifPresent(why -> warn.accept(message(
                                why,
                                List.of(
                                        "open it by hand: " + page.get(),
                                        "or name a browser: BROWSER=firefox nucleon run …"))));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static ErrorMessage message(String why, List<String> fixes) {
        return new ErrorMessage(ErrorCode.BROWSER_MISSING, "the function can't be shown in a browser", why, fixes)
                .as(Severity.WARNING);
    }
}
