import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Logger;
import io.nuclio.Response;
import java.util.List;
import java.util.Map;

/** Logs what the path says. */
public class Handler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        log(context.getLogger(), event.getPath());
        return new Response().setBody("logged");
    }

    private static void log(Logger logger, String path) {
        switch (path) {
            case "/log-none" -> {}
            case "/log-four" -> {
                logger.debug("one");
                logger.info("two");
                logger.warn("three");
                logger.error("four");
            }
            case "/log-fields" -> {
                logger.debugWith("d", "a", 1);
                logger.infoWith("i", "text", "b", "yes", true, "none", null, "list", List.of(1, 2), "map", Map.of("k", "v"));
                logger.warnWith("w", "number", 2.5);
                logger.errorWith("e", "worker_id", "mine");
            }
            case "/log-arguments" -> {
                logger.info("%s has %d", "it", 3);
                logger.info("100% sure");
                logger.infoWith("x is %s", "z", 1);
            }
            case "/log-odd" -> logger.infoWith("odd", "key without value");
            case "/log-unicode" -> logger.info("schön \"🎉\"\n\ttab \\");
            case "/log-control" -> logger.info("a\0b\u001bc\r\nX-Injected: d");
            case "/log-large" -> logger.info("x".repeat(5000));
            case "/log-below" -> logger.info("x".repeat(3900));
            case "/log-many" -> {
                for (int i = 0; i < 100; i++) {
                    logger.info("record " + i);
                }
            }
            default -> throw new IllegalArgumentException(path);
        }
    }
}
