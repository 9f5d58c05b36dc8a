package io.nucleon.cli;

import io.nucleon.error.Look;
import io.nucleon.platform.Deployed;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.FunctionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** nuctl's tables: no border, headers in capitals, columns divided by bars. Stateless. */
final class NuctlTable {
    private NuctlTable() {}

    static String functions(List<Deployed> functions, boolean wide) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("NAMESPACE", "NAME", "PROJECT", "STATE", "REPLICAS", "NODE PORT"));
        if (wide) {
            head.addAll(List.of("LABELS", "INTERNAL INVOCATION URL", "EXTERNAL INVOCATION URLS"));
        }
        rows.add(head);
        for (Deployed one : functions) {
            rows.add(row(one, wide));
        }
        return text(rows);
    }

    private static List<String> row(Deployed one, boolean wide) {
        FunctionConfig config =
                FunctionReader.read(one.config(), "function.yaml").asFarAsRead();
        String port = one.url().replaceFirst(".*:", "");
        List<String> row = new ArrayList<>(List.of(
                "nuclio",
                one.name(),
                config.metadata().project(),
                one.state(),
                one.state().equals("ready") ? "1/1" : "0/1",
                port));
        if (wide) {
            String labels = config.metadata().labels().entrySet().stream()
                    .map(label -> label.getKey() + "=" + label.getValue())
                    .collect(Collectors.joining(","));
            row.addAll(List.of(labels, one.url(), one.url()));
        }
        return row;
    }

    static String text(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = rows.stream()
                        .mapToInt(one -> one.get(column).length())
                        .max()
                        .orElse(0);
                String cell = Look.harmless(row.get(i));
                line.append(cell).append(" ".repeat(Math.max(0, width - cell.length())));
                line.append(i + 1 < row.size() ? " | " : "");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
