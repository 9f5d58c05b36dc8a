package io.nucleon.kit;

import io.nucleon.host.JsonReader;
import io.nucleon.transport.FrameLayout;
import java.util.List;

/** PROTOCOL.md §1, §4: several events in flight, which a wrapper may leave out. Stateless. */
final class AsyncRules {

    private AsyncRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.each(
                        "async",
                        "§4",
                        "has several events open with mode: async",
                        "§4 Hand-shake, 'mode' and 'inFlight'",
                        AsyncRules::together),
                Rule.each(
                        "cancel",
                        "§1",
                        "offers CANCEL to an asynchronous handler, and answers its event still",
                        "§1 Types, CANCEL",
                        AsyncRules::cancel));
    }

    private static Worker ready(Bench bench) throws Failed, NotOffered {
        if (bench.setting().asyncHandler().isEmpty()) {
            throw new NotOffered("checker.json names no 'async' handler");
        }
        Worker worker = Worker.begin(bench, new Start().asynchronous());
        try {
            Received ready = worker.greet().awaitReady();
            boolean isAsync = JsonReader.object(ready.text())
                    .filter(said -> Boolean.TRUE.equals(said.get("async")))
                    .isPresent();
            Failed.unless(isAsync, "HELLO with mode async and an asynchronous handler", "READY with " + ready.text());
            return worker;
        } catch (Failed | RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    private static void together(Bench bench) throws Failed, NotOffered {
        try (Worker worker = ready(bench)) {
            FrameBytes first = worker.event("/meet").body("first");
            FrameBytes second = worker.event("/meet").body("second");
            worker.send(first);
            worker.send(second);
            String sent = "two events for /meet, each of which waits for the other";
            Checker.same(FrameBytes.utf8("first"), worker.answer(first, sent), sent);
            Checker.same(FrameBytes.utf8("second"), worker.answer(second, sent), sent);
            FrameBytes logs = worker.event("/log");
            worker.call(logs, "an event for /log");
            Received record = worker.take(frame -> frame.path().equals("one"), "an event for /log");
            Failed.unless(record.correlation() == logs.correlation(), "an event for /log", record.shown());
        }
    }

    private static void cancel(Bench bench) throws Failed, NotOffered {
        try (Worker worker = ready(bench)) {
            FrameBytes event = worker.event("/cancelled");
            worker.send(event);
            Checker.echo(worker, "while another one waits");
            worker.control(FrameLayout.CANCEL, event.correlation());
            String sent = "an event for /cancelled, which waits for ever, then CANCEL";
            Checker.offered(worker.answer(event, sent), "/cancelled");
            Checker.echo(worker, "after CANCEL");
        }
    }
}
