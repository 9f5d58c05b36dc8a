package io.nucleon.spec.trigger;

import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.field.Secrets;
import io.nucleon.spec.problem.Nearest;
import io.nucleon.spec.problem.SpecError;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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
     * @param function its name for messages, empty when unknown
     * @param moreKinds kinds of plug-ins
     */
    public static Trigger read(String name, Fields fields, String function, Set<String> moreKinds) {
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
                Delivery.read(fields),
                TaskShare.read(fields),
                fields.textMap("annotations"),
                attributes);
        checkName(name, fields);
        if (trigger.isHttp()) {
            checkAddress(trigger, fields);
            HttpConfig.read(trigger, fields.problems());
        }
        checkKind(trigger, fields, function, moreKinds);
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
            fields.report(SpecError.TRIGGER_NAME)
                    .what("has an empty name")
                    .why("Trigger key can not be empty")
                    .fix("give the trigger a name, such as 'orders:'")
                    .add();
        } else if (!name.isEmpty() && !name.equals(key)) {
            fields.report(SpecError.TRIGGER_NAME, "name")
                    .what("differs from the trigger's key")
                    .why("Trigger key and name mismatch (" + key + " != " + name + ")")
                    .fix("remove 'name', or write: name: " + key)
                    .add();
        }
    }

    private static void checkAddress(Trigger trigger, Fields fields) {
        if (!trigger.url.isEmpty() && ListenAddress.parse(trigger.url).isEmpty()) {
            fields.report(SpecError.BAD_ADDRESS, "url")
                    .what("is no address to listen on")
                    .why("'" + Secrets.maskUrl(trigger.url) + "' stands there")
                    .fix("write a port or a host and a port, such as ':8080' or '127.0.0.1:8080'")
                    .add();
        }
    }

    private static void checkKind(Trigger trigger, Fields fields, String function, Set<String> moreKinds) {
        if (trigger.kind.isEmpty()) {
            fields.report(SpecError.MISSING_FIELD, "kind")
                    .what("is missing")
                    .why("the kind says where the events of trigger '" + trigger.name + "' come from")
                    .fix("add one of: " + Nearest.list(TriggerKind.suggestions(moreKinds)))
                    .add();
        } else if (TriggerKind.of(trigger.kind).isEmpty() && !moreKinds.contains(trigger.kind)) {
            List<String> known = TriggerKind.suggestions(moreKinds);
            String place = fields.node().get("kind").orElseThrow().position().lineText();
            String of = function.isEmpty() ? "" : " of function '" + function + "'";
            String near = Nearest.to(trigger.kind, known)
                    .map(kind -> "did you mean '" + kind + "'? ")
                    .orElse("");
            fields.report(SpecError.UNKNOWN_TRIGGER_KIND, "kind")
                    .words("reading trigger '" + trigger.name + "'" + of + " failed")
                    .why("no trigger has kind '" + trigger.kind + "'" + (place.isEmpty() ? "" : " (" + place + ")"))
                    .fix(near + "Kinds: " + Nearest.list(known))
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
