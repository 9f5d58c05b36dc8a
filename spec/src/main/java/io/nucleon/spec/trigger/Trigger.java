package io.nucleon.spec.trigger;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NearestName;
import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.field.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A source of events as a file describes it, with defaults filled in. Immutable and safe for many threads. The kind decides what
 * {@code url}, {@code paths} and {@code attributes} mean; {@code toString} shows no secret.
 *
 * @param name the key under {@code spec.triggers}, also the trigger's id
 * @param kind as written, one of {@link TriggerKind#all()} unless a plug-in brings more
 * @param disabled nuclio reads it and starts the trigger all the same; here it is not started
 * @param url empty when not given
 * @param annotations for ingresses, host ports and kafka
 */
public record Trigger(
        String name,
        String kind,
        boolean disabled,
        String url,
        List<String> paths,
        Credentials credentials,
        Workers workers,
        Mode mode,
        Async async,
        Batch batch,
        Delivery delivery,
        TaskShare tasks,
        Map<String, String> annotations,
        Attributes attributes) {

    public Trigger {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        paths = List.copyOf(paths);
    }

    public boolean isHttp() {
        return kind.equals(TriggerKind.HTTP);
    }

    /** {@code sync} for http, else {@code async}: what handlers see as the class, whatever the file says. */
    public String triggerClass() {
        return isHttp() ? "sync" : "async";
    }

    /**
     * Reads a trigger; the caller calls done.
     *
     * @param functionAnnotations of the function, some of which stand for fields
     * @param kinds that can be had
     */
    public static Trigger read(
            String name, Fields fields, Map<String, String> functionAnnotations, List<String> kinds) {
        fields.accept("class");
        Attributes attributes = fields.attributes("attributes");
        var trigger = new Trigger(
                name,
                fields.text("kind", ""),
                fields.bool("disabled", false),
                fields.text("url", ""),
                fields.texts("paths"),
                Credentials.read(fields),
                Workers.read(fields),
                mode(fields, attributes),
                Async.read(fields.map("async")),
                Batch.read(fields.map("batch")),
                Delivery.read(fields, functionAnnotations),
                TaskShare.read(fields),
                fields.textMap("annotations"),
                attributes);
        checkName(name, fields);
        if (trigger.isHttp()) {
            checkAddress(trigger, fields);
            HttpConfig.read(trigger, fields.problems());
        }
        checkKind(trigger, fields, kinds);
        return trigger;
    }

    /** The later place first: {@code mode}, then {@code attributes.mode}. */
    private static Mode mode(Fields fields, Attributes attributes) {
        Mode older = attributes.fields(fields.problems()).choice("mode", Mode.SYNC);
        return fields.choice("mode", older);
    }

    private static void checkName(String key, Fields fields) {
        String name = fields.text("name", key);
        if (key.isBlank()) {
            fields.report(ErrorCode.TRIGGER_NAME_INVALID)
                    .what("has an empty name")
                    .why("Trigger key can not be empty")
                    .fix("give the trigger a name, such as 'orders:'")
                    .add();
        } else if (!name.isEmpty() && !name.equals(key)) {
            fields.report(ErrorCode.TRIGGER_NAME_INVALID, "name")
                    .what("differs from the trigger's key")
                    .why("Trigger key and name mismatch (" + key + " != " + name + ")")
                    .fix("remove 'name', or write: name: " + key)
                    .add();
        }
    }

    private static void checkAddress(Trigger trigger, Fields fields) {
        if (!trigger.url.isEmpty() && ListenAddress.parse(trigger.url).isEmpty()) {
            fields.report(ErrorCode.ADDRESS_INVALID, "url")
                    .what("is no address to listen on")
                    .why("'" + Secrets.maskUrl(trigger.url) + "' stands there")
                    .fix("write a port or a host and a port, such as ':8080' or '127.0.0.1:8080'")
                    .add();
        }
    }

    private static void checkKind(Trigger trigger, Fields fields, List<String> kinds) {
        if (kinds.contains(trigger.kind)) {
            return;
        }
        List<String> suggestions = TriggerKind.suggestions(kinds);
        if (trigger.kind.isEmpty()) {
            fields.report(ErrorCode.FIELD_MISSING, "kind")
                    .what("is missing")
                    .why("the kind says where the events of trigger '" + trigger.name + "' come from")
                    .fix("add one of: " + NearestName.list(suggestions))
                    .add();
        } else {
            boolean known = TriggerKind.of(trigger.kind).isPresent();
            String unknown = "trigger '" + trigger.name + "' has the unknown kind '" + trigger.kind + "'";
            String absent =
                    "trigger '" + trigger.name + "' has kind '" + trigger.kind + "', which is not in this version";
            fields.report(ErrorCode.TRIGGER_KIND_UNKNOWN, "kind")
                    .sentence(known ? absent : unknown)
                    .why("kinds here: " + NearestName.list(suggestions))
                    .fix(
                            known
                                    ? "remove the trigger, or keep this function on nuclio"
                                    : NearestName.advice(trigger.kind, suggestions, "use one of: "))
                    .add();
        }
    }

    @Override
    public String toString() {
        return "Trigger[name=" + name + ", kind=" + kind + ", url=" + Secrets.maskUrl(url) + ", workers=" + workers
                + ", mode=" + mode + ", batch=" + batch + ", delivery=" + delivery + ", attributes=" + attributes
                + "]";
    }
}
