package io.nucleon.cli;

import io.nucleon.cli.cases.NamedValue;
import io.nucleon.cli.cases.TestEvent;
import io.nucleon.journal.RecordedAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A call as an event of another kind: into the function's trigger below its client, its last answer as that of a call. Confined to one command. */
final class KindCall {
    private final FunctionEvents function;
    private final SampleEvent sample;
    private final String topic;
    private final Duration timeout;

    /** @param topic empty for that of the trigger */
    KindCall(FunctionEvents function, SampleEvent sample, String topic, Duration timeout) {
        this.function = function;
        this.sample = sample;
        this.topic = topic;
        this.timeout = timeout;
    }

    /**
     * Sends it and waits for its end.
     *
     * @return what its source would have been told
     */
    String send(Call call, AnswerSink sink) throws IOException {
        EventInput input = EventInput.of(sample, event(sample, topic, call));
        SentEvent sent = new Sending(function, timeout, false).sendOne(input);
        RecordedAnswer answer = sent.answer().orElseThrow(() -> new IOException("no worker had it: " + sent.state()));
        sink.head(head(sent, answer));
        byte[] body = answer.bodyBytes();
        sink.body(body, 0, body.length);
        return sent.ack();
    }

    /** A call as an event of a kind: its path is where that comes from. */
    static TestEvent event(SampleEvent sample, String topic, Call call) {
        List<NamedValue> headers = new ArrayList<>();
        Map<String, Object> place = new LinkedHashMap<>();
        for (Header header : call.headers()) {
            switch (header.name().toLowerCase(Locale.ROOT)) {
                case "content-type" -> place.put("contentType", header.value());
                case "user-agent", "x-nuclio-log-level" -> {
                    // of calls only
                }
                default -> headers.add(new NamedValue(header.name(), header.value()));
            }
        }
        if (!topic.isEmpty()) {
            place.put("topic", topic);
        }
        byte[] body = call.body().bytes();
        return new TestEvent(sample.name(), "", "", headers, body, body.length > 0, place);
    }

    /** As the processor tells it of calls. */
    private static AnswerHead head(SentEvent sent, RecordedAnswer answer) {
        List<Header> headers = new ArrayList<>(Header.of(answer));
        Timing timing = sent.timing();
        headers.add(new Header(
                "Server-Timing",
                String.format(
                        Locale.ROOT,
                        "queue;dur=%.3f, handler;dur=%.3f, transport;dur=%.3f",
                        timing.queue(),
                        timing.handler(),
                        timing.transport())));
        headers.add(new Header(Outcome.EVENT, sent.id()));
        if (sent.worker() >= 0) {
            headers.add(new Header(Outcome.WORKER, String.valueOf(sent.worker())));
        }
        if (!answer.isResponded()) {
            headers.add(new Header(Outcome.ERROR, answer.code()));
        }
        return new AnswerHead("HTTP/1.1", answer.status(), answer.isResponded() ? "" : sent.why(), headers);
    }
}
