package io.nucleon.trigger.http;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.EventKeeper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Answers to requests that are run later ({@code X-Nucleon-Async}), and to those that ask what became of one. */
final class KeptCall {

    private static final byte[] JSON = ResponseHead.ascii("Content-Type: application/json\r\n");

    private KeptCall() {}

    /** Takes the event to be run later; the answer says where to ask for its own. On the loop. */
    static void accept(HttpExchange exchange, Event event) {
        exchange.lend();
        exchange.trigger.invoker().keeper().accept(event, new EventKeeper.Acceptance() {
            @Override
            public void accepted(String id) {
                exchange.loop.deliver(exchange, state(exchange, id, EventKeeper.State.ACCEPTED), true);
            }

            @Override
            public void refused(ErrorMessage why) {
                exchange.trigger.complaints().say(why);
                ResponseHead head = new ResponseHead(exchange.loop.clock());
                Object answer = exchange.plain(head, null, why.code().httpStatus(), "", why.code());
                exchange.loop.deliver(exchange, answer, true);
            }
        });
    }

    /** Tells what became of an event that was taken to be run later. On the loop. */
    static void look(HttpExchange exchange, String id) {
        exchange.lend();
        exchange.trigger
                .invoker()
                .keeper()
                .look(id, call -> exchange.loop.deliver(exchange, found(exchange, id, call), true));
    }

    /** Any thread. */
    private static Object found(HttpExchange exchange, String id, EventKeeper.Call call) {
        ResponseHead head = new ResponseHead(exchange.loop.clock());
        try {
            return switch (call.state()) {
                case UNKNOWN -> {
                    ErrorCode unknown = ErrorCode.EVENT_NOT_RECORDED;
                    yield exchange.plain(head, null, unknown.httpStatus(), "", unknown);
                }
                case ACCEPTED, RUNNING -> state(exchange, id, call.state());
                case ANSWERED -> answered(exchange, head, id, call);
            };
        } catch (InvalidAnswerException e) {
            return exchange.plain(head, null, 500, e.getMessage(), ErrorCode.ANSWER_INVALID);
        }
    }

    /** 202: taken, and not answered yet. */
    private static Object state(HttpExchange exchange, String id, EventKeeper.State state) {
        String word = state.name().toLowerCase(Locale.ROOT);
        byte[] body = ("{\"id\":\"" + id + "\",\"state\":\"" + word + "\"}\n").getBytes(StandardCharsets.UTF_8);
        ResponseHead head = new ResponseHead(exchange.loop.clock()).begin(202);
        head.serverAndDate(true, exchange.loop.clock().nanoTime());
        head.raw(JSON);
        exchange.frame(head, false, false, body.length, false);
        head.raw(ResponseHead.ascii("Location: " + exchange.skippedPath() + HttpTrigger.INVOCATIONS + id + "\r\n"));
        end(exchange, head, id, word);
        return exchange.pack(head, exchange.isHead() ? HttpExchange.EMPTY : ByteBuffer.wrap(body), false);
    }

    /** The answer as its handler gave it. */
    private static Object answered(HttpExchange exchange, ResponseHead head, String id, EventKeeper.Call call) {
        int status = StatusLines.isSendable(call.status()) ? call.status() : 500;
        head.begin(status);
        boolean typed = !call.contentType().isEmpty();
        AnswerHeaders set = head.functionHeaders(call.headers(), typed);
        head.serverAndDate(!set.hasServer(), exchange.loop.clock().nanoTime());
        if (typed) {
            head.contentType(ByteBuffer.wrap(call.contentType().getBytes(StandardCharsets.UTF_8)));
        } else if (!set.hasContentType() && call.body().hasRemaining()) {
            head.defaultContentType();
        }
        boolean bodiless = status == 204 || status == 304;
        exchange.frame(head, bodiless, false, call.body().remaining(), false);
        if (!call.code().isEmpty()) {
            head.error(call.code());
        }
        end(exchange, head, id, "answered");
        ByteBuffer body =
                exchange.hidesBody(status) ? HttpExchange.EMPTY : call.body().duplicate();
        return exchange.pack(head, body, false);
    }

    private static void end(HttpExchange exchange, ResponseHead head, String id, String state) {
        head.raw(ResponseHead.ascii("X-Nucleon-Event: " + id + "\r\nX-Nucleon-State: " + state + "\r\n"));
        exchange.extras(head);
        head.end();
    }
}
