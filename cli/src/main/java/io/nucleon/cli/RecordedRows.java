package io.nucleon.cli;

import io.nucleon.error.JsonWriter;
import io.nucleon.journal.Entry;
import io.nucleon.journal.EventJson;
import io.nucleon.journal.JournalReader;
import io.nucleon.journal.RecordedAnswer;
import io.nucleon.journal.RecordedEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a journal holds, an event a row, without the bodies. Confined to one command. */
final class RecordedRows {

    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** One event and what became of it; fields are filled as the journal is read. */
    static final class Row {
        final String id;
        final String source;
        final String kind;
        final long timeNanos;
        private String state = "";
        private int status;
        private double handlerMillis;
        private String error = "";
        private boolean captured;

        private Row(Entry entry, RecordedEvent event) {
            id = entry.id();
            source = event.origin();
            kind = event.kind();
            timeNanos = event.timeNanos() == 0 ? entry.timeNanos() : event.timeNanos();
        }

        /** {@code ok}, {@code failed}, {@code waiting}, {@code accepted}, {@code dead-lettered}, {@code done}, … */
        String state() {
            return state;
        }

        /** 0 if there was no answer. */
        int status() {
            return status;
        }

        double handlerMillis() {
            return handlerMillis;
        }

        String error() {
            return error;
        }

        /** Whether it was kept when it had ended, with its answer. */
        boolean isCaptured() {
            return captured;
        }

        boolean isFailed() {
            return !error.isEmpty() || state.equals("dead-lettered");
        }

        private void answered(RecordedAnswer answer) {
            state = answer.isResponded() ? "ok" : answer.outcome().replace('_', ' ');
            status = answer.status();
            handlerMillis = answer.handlerNanos() / 1e6;
            error = answer.reason().isEmpty() ? answer.code() : answer.reason();
        }

        void write(JsonWriter json) {
            json.name("id").value(id).name("time").value(EventJson.time(timeNanos));
            json.name("source").value(source).name("state").value(state);
            json.name("status").value(status).name("handlerMs").value(handlerMillis);
            json.name("error").value(error.isEmpty() ? null : error);
        }
    }

    private RecordedRows() {}

    /** All of them, in the order of their first entry. Reads the disk. */
    static List<Row> of(JournalReader journal) {
        RecordedRows all = new RecordedRows();
        journal.forEach(stored -> all.take(stored.entry()));
        return new ArrayList<>(all.rows.values());
    }

    private void take(Entry entry) {
        entry.event().ifPresent(event -> rows.computeIfAbsent(entry.id(), id -> new Row(entry, event)));
        Row row = rows.get(entry.id());
        if (row == null) {
            return; // what it was about is gone
        }
        entry.answer().ifPresent(row::answered);
        switch (entry.kind()) {
            case PENDING -> row.state = "waiting";
            case ACCEPTED -> row.state = "accepted";
            case DEAD_LETTER -> {
                row.state = "dead-lettered";
                row.error = entry.tries().reason();
            }
            case TRIED -> row.error = entry.tries().reason();
            case RESOLVED -> resolved(row, entry.tries().reason());
            case CAPTURED -> row.captured = true;
            case ANSWERED -> {
                // the answer says it
            }
        }
    }

    private static void resolved(Row row, String how) {
        row.state = how;
        if (how.equals("done")) {
            row.error = "";
        }
    }
}
