package io.nucleon.cli;

import io.nucleon.command.InvokeOptions;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.host.JsonReader;
import io.nucleon.host.JsonTree;
import io.nucleon.host.UserFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code nuctl invoke}: a call with its logs, headers and body in nuctl's layout, all on standard output. Confined to one command. */
final class NuctlInvoke {
    private static final String INDENT = "    ";

    private final Terminal terminal;
    private final UserFolders folders;
    private final InvokeOptions options;
    private final Clock clock = new MonotonicClock();

    NuctlInvoke(Terminal terminal, UserFolders folders, InvokeOptions options) {
        this.terminal = terminal;
        this.folders = folders;
        this.options = options;
    }

    /** Whatever the status is, it is no failure, unless that was asked for. */
    int run() {
        CallBody body = CallBody.of(options, terminal, true);
        Target target = new TargetFinder(
                        terminal, folders, options.global(), true, (word, deployed) -> "nuctl invoke " + word, clock)
                .find(options.target(), List.of(), options.global().verbosity() > 0);
        AnswerPrinter answer = AnswerPrinter.collecting();
        try (HttpConnection connection = new HttpConnection(target.url(), clock)) {
            connection.send(CallFactory.call(options, body, target.url()), options.timeout(), answer);
        } catch (IOException e) {
            throw failed(target.name() + " does not answer at " + target.url() + ": " + e.getMessage());
        } finally {
            BenchVerb.close(target);
        }
        terminal.out().print(layout(answer.head(), answer.bytes()));
        terminal.out().flush();
        int status = answer.head().status();
        if (options.raiseOnStatus() && (status < 200 || status > 299)) {
            throw failed("status " + status);
        }
        return 0;
    }

    private static RuntimeException failed(String why) {
        return ErrorMessage.of(ErrorCode.FUNCTION_UNREACHABLE, "Function invocation failed", why, "")
                .toException();
    }

    private static String layout(AnswerHead head, byte[] body) {
        StringBuilder text = new StringBuilder();
        Header.first(head.headers(), FunctionLogs.HEADER)
                .ifPresent(logs -> text.append(">>> Start of function logs\n")
                        .append(FunctionLogs.text(logs, Look.PLAIN, ZoneId.systemDefault()))
                        .append("<<< End of function logs\n"));
        text.append("\n> Response headers:\n");
        head.headers().stream()
                .filter(header -> !header.name().equalsIgnoreCase(FunctionLogs.HEADER))
                .sorted(Comparator.comparing(Header::name))
                .forEach(header -> text.append(Look.harmless(header.name()))
                        .append(" = ")
                        .append(Look.harmless(header.value()))
                        .append('\n'));
        return text.append("\n> Response body:\n")
                .append(shown(new String(body, StandardCharsets.UTF_8)))
                .append('\n')
                .toString();
    }

    private static String shown(String body) {
        Optional<Object> json = JsonReader.object(body)
                .<Object>map(object -> object)
                .or(() -> JsonReader.array(body).map(list -> list));
        StringBuilder text = new StringBuilder();
        json.ifPresent(value -> indented(value, "", text));
        return json.isPresent() ? text.toString() : body;
    }

    private static void indented(Object value, String indent, StringBuilder text) {
        String inner = indent + INDENT;
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            String gap = "{\n";
            for (Map.Entry<?, ?> one : map.entrySet()) {
                text.append(gap)
                        .append(inner)
                        .append(JsonTree.text(one.getKey()))
                        .append(": ");
                indented(one.getValue(), inner, text);
                gap = ",\n";
            }
            text.append('\n').append(indent).append('}');
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            String gap = "[\n";
            for (Object one : list) {
                text.append(gap).append(inner);
                indented(one, inner, text);
                gap = ",\n";
            }
            text.append('\n').append(indent).append(']');
        } else {
            text.append(JsonTree.text(value));
        }
    }
}
