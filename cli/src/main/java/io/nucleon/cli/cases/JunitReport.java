package io.nucleon.cli.cases;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results in JUnit's XML, as build servers read it. Stateless. */
public final class JunitReport {
    private JunitReport() {}

    /** The whole file. */
    public static String xml(String function, List<Result> results) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append(String.format(
                Locale.ROOT,
                "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\" time=\"%.3f\">%n",
                escaped(function),
                results.size(),
                count(results, Result.State.FAILED),
                count(results, Result.State.SKIPPED),
                results.stream().mapToDouble(JunitReport::seconds).sum()));
        results.forEach(result -> one(xml, function, result));
        return xml.append("</testsuite>\n").toString();
    }

    private static void one(StringBuilder xml, String function, Result result) {
        TestCase test = result.testCase();
        xml.append(String.format(
                Locale.ROOT,
                "  <testcase classname=\"%s.%s\" name=\"%s\" file=\"%s\" line=\"%d\" time=\"%.3f\"",
                escaped(function),
                escaped(test.file()),
                escaped(test.name()),
                escaped(test.position().file()),
                test.position().line(),
                seconds(result)));
        switch (result.state()) {
            case PASSED, UPDATED -> xml.append("/>\n");
            case SKIPPED ->
                xml.append(">\n    <skipped message=\"")
                        .append(escaped(test.skip()))
                        .append("\"/>\n  </testcase>\n");
            case FAILED -> {
                String all =
                        result.mismatches().stream().map(Mismatch::toString).collect(Collectors.joining("\n"));
                xml.append(">\n    <failure message=\"")
                        .append(escaped(result.mismatches().getFirst().text()))
                        .append("\">")
                        .append(escaped(all))
                        .append("</failure>\n  </testcase>\n");
            }
        }
    }

    private static long count(List<Result> results, Result.State state) {
        return results.stream().filter(result -> result.state() == state).count();
    }

    private static double seconds(Result result) {
        return Double.isFinite(result.millis()) ? result.millis() / 1e3 : 0;
    }

    /** What XML can't hold at all becomes a question mark. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean possible =
                    c == '\n' || c == '\t' || (c >= ' ' && c < 0xd800) || (c >= 0xe000 && c < 0xfffe) || c > 0xffff;
            switch (possible ? c : '?') {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> safe.appendCodePoint(possible ? c : '?');
            }
        });
        return safe.toString();
    }
}
