package io.nucleon.host;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Place;
import io.nucleon.error.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the JSON form of a message back, as another process or an earlier command wrote it. Stateless. */
public final class ErrorJson {
    private ErrorJson() {}

    /** The message, or empty if the text is none. The source line of a place is not part of the JSON form. */
    public static Optional<ErrorMessage> read(String json) {
        Optional<Map<String, Object>> document = JsonReader.object(json);
        for (Severity severity : Severity.values()) {
            Optional<ErrorMessage> message = document.map(members -> members.get(severity.word()))
                    .flatMap(JsonReader::asObject)
                    .flatMap(ErrorJson::message);
            if (message.isPresent()) {
                return message.map(error -> error.as(severity));
            }
        }
        return Optional.empty();
    }

    private static Optional<ErrorMessage> message(Map<String, Object> members) {
        String code = JsonReader.text(members, "code");
        ErrorCode known = ErrorCode.of(code);
        if (!known.code().equals(code)) {
            return Optional.empty();
        }
        List<String> fix = members.get("fix") instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
        return Optional.of(
                new ErrorMessage(known, JsonReader.text(members, "title"), JsonReader.text(members, "why"), fix)
                        .at(Place.of(JsonReader.text(members, "file"), (int) JsonReader.number(members, "line"), (int)
                                JsonReader.number(members, "column")))
                        .about(JsonReader.text(members, "event"))
                        .with(JsonReader.text(members, "detail")));
    }
}
