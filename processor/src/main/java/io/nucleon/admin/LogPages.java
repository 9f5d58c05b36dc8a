package io.nucleon.admin;

import io.nucleon.error.JsonWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code /logs?after=NUMBER&wait=MS} of the web admin: the log lines that are kept, from a number on, for {@code nucleon logs}; {@code
 * wait} holds the answer back until there is one. Nucleon's own; nuclio has no such page. Safe for many threads.
 */
public final class LogPages implements Pages {
    /** Shorter than the limits of server and client. */
    private static final long LONGEST_WAIT_MILLIS = 3_000;

    private final LogTail tail;
    private final Pages others;

    /** That page on what is kept, before other pages. */
    public LogPages(LogTail tail, Pages others) {
        this.tail = tail;
        this.others = others;
    }

    @Override
    public Answer answer(Request request) {
        if (!request.path().equals("/logs")) {
            return others.answer(request);
        }
        if (!request.method().equals("GET")) {
            return Answer.methodNotAllowed();
        }
        try {
            long after = request.number("after");
            long wait = Math.min(request.number("wait"), LONGEST_WAIT_MILLIS);
            return Answer.json(200, json(tail.await(after, TimeUnit.MILLISECONDS.toNanos(wait))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.text(503, "the server is stopping\n");
        }
    }

    private String json(List<LogTail.Line> lines) {
        JsonWriter json = new JsonWriter().object();
        json.name("newest").value(tail.newest()).name("lines").array();
        for (LogTail.Line line : lines) {
            json.object().name("number").value(line.number()).name("time").value(line.millis());
            json.name("function").value(line.function()).name("level").value(line.level());
            json.name("worker").value(line.worker()).name("event").value(line.event());
            json.name("message")
                    .value(line.message())
                    .name("with")
                    .value(line.with())
                    .endObject();
        }
        return json.endArray().endObject().toString();
    }
}
