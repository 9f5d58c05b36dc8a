package io.nucleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of docs/reference names every metric that is served, and other pages name no metric that is not. */
class MetricsReferenceTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)\\{(.*)} \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
    private static final Pattern NAME = Pattern.compile("nuclio_processor_[a-z_]+");
    private static final String PARTS = "_(bucket|sum|count)$";
    private static final List<String> OF_A_TRIGGER =
            List.of("trigger_kind", "trigger_id", "instance", "namespace", "function", "project");

    /** One family of metrics. */
    private static final class Family {
        private String help = "";
        private String type = "";
        private final Set<String> labels = new LinkedHashSet<>();
    }

    @Test
    void pageIsWhatIsServed() throws IOException {
        StringBuilder page =
                new StringBuilder(Files.readString(Path.of("src/test/resources/io/nucleon/admin/metrics-page.txt")));
        for (Map.Entry<String, Family> family : served().entrySet()) {
            Family of = family.getValue();
            Set<String> labels = new LinkedHashSet<>(of.labels);
            String trigger = labels.containsAll(OF_A_TRIGGER) ? "trigger's" : "";
            if (!trigger.isEmpty()) {
                OF_A_TRIGGER.forEach(labels::remove);
            }
            labels.remove("le");
            String own = labels.isEmpty() ? "" : "`" + String.join("`, `", labels) + "`";
            page.append("| `")
                    .append(family.getKey())
                    .append("` | ")
                    .append(of.type)
                    .append(" | ");
            page.append(trigger)
                    .append(trigger.isEmpty() || own.isEmpty() ? "" : ", ")
                    .append(own);
            page.append(" | ").append(of.help).append(" |\n");
        }
        page.append("\nNext: [what else a processor answers](http.md)\n");
        Path made = Path.of("target", "metrics.md");
        Files.writeString(made, page);

        assertThat(Files.readString(DOCS.resolve("reference/metrics.md")))
                .as("docs/reference/metrics.md; if the change is meant, copy processor/%s over it", made)
                .isEqualTo(page.toString());
    }

    @Test
    void otherPagesNameOnlyWhatIsServed() throws IOException {
        Set<String> served = served().keySet();
        Matcher names = NAME.matcher(Files.readString(DOCS.resolve("how-to/watch-and-alert.md")));
        Set<String> unknown = new LinkedHashSet<>();
        int found = 0;
        while (names.find()) {
            found++;
            if (!served.contains(names.group())
                    && !served.contains(names.group().replaceFirst(PARTS, ""))) {
                unknown.add(names.group());
            }
        }

        assertThat(found).isPositive();
        assertThat(unknown).isEmpty();
    }

    private static Map<String, Family> served() throws IOException {
        Map<String, Family> families = new LinkedHashMap<>();
        for (String line : MetricsTest.golden("metrics.txt").split("\n")) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                families.computeIfAbsent(help.group(1), name -> new Family()).help = help.group(2);
            } else if (type.matches()) {
                families.get(type.group(1)).type = type.group(2);
            } else if (sample.matches()) {
                String name = sample.group(1);
                Family family =
                        families.containsKey(name) ? families.get(name) : families.get(name.replaceFirst(PARTS, ""));
                LABEL.matcher(sample.group(2)).results().forEach(label -> family.labels.add(label.group(1)));
            }
        }
        return families;
    }
}
