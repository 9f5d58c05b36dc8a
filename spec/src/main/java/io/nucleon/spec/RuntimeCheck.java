package io.nucleon.spec;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NearestName;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.problem.Report;
import io.nucleon.spec.trigger.Delivery;
import io.nucleon.spec.trigger.ExplicitAck;
import io.nucleon.spec.trigger.Mode;
import io.nucleon.spec.trigger.Trigger;
import io.nucleon.spec.trigger.TriggerKind;
import io.nucleon.spec.yaml.Position;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a processor can check before it starts anything, beyond the single fields. */
final class RuntimeCheck {
    private static final Set<String> REFUSED_PYTHONS = Set.of("2", "2.7", "3.5", "3.6");
    private static final Set<String> OLD_PYTHONS = Set.of("3.7", "3.8");

    private static final String ALLOCATION_MODE = "worker-allocation-mode";

    private RuntimeCheck() {}

    static void check(Fields fields, FunctionSpec spec, Map<String, String> annotations, ReadOptions options) {
        runtime(fields, spec.runtime(), options.runtimes());
        handler(fields, spec);
        oneHttpTrigger(fields, spec.httpTriggers());
        Fields triggers = fields.map("triggers");
        spec.triggers()
                .values()
                .forEach(trigger -> trigger(triggers.map(trigger.name()), trigger, annotations, spec.runtime()));
    }

    private static void runtime(Fields fields, RuntimeName runtime, List<String> installed) {
        if (runtime.isEmpty()) {
            return;
        }
        String name = runtime.name();
        if (!installed.contains(name) && runtime.isOnGraalVm()) {
            fields.report(ErrorCode.RUNTIME_UNSUPPORTED, "runtime")
                    .sentence("runtime '" + runtime + "' is not in this distribution")
                    .why("its jars are a folder of their own, lib/polyglot, which is not here")
                    .fix("put the folder lib/polyglot of a distribution that has it into this one's lib")
                    .add();
        } else if (!installed.contains(name)
                && (RuntimeName.KNOWN.contains(name) || RuntimeName.NUCLIO_ONLY.contains(name))) {
            fields.report(ErrorCode.RUNTIME_UNSUPPORTED, "runtime")
                    .sentence("runtime '" + runtime + "' is not in this version")
                    .fix("keep this one on nuclio, or port the handler; here: " + String.join(", ", installed))
                    .add();
        } else if (!installed.contains(name)) {
            fields.report(ErrorCode.RUNTIME_UNKNOWN, "runtime")
                    .sentence("runtime '" + runtime + "' is unknown")
                    .fix(NearestName.advice(name, installed, "use one of: "))
                    .add();
        } else if (runtime.name().equals("python")) {
            pythonVersion(fields, runtime);
        }
    }

    private static void pythonVersion(Fields fields, RuntimeName runtime) {
        boolean refused = REFUSED_PYTHONS.contains(runtime.version());
        if (refused || OLD_PYTHONS.contains(runtime.version())) {
            var report = fields.report(ErrorCode.RUNTIME_TOO_OLD, "runtime")
                    .sentence("runtime '" + runtime + "' is too old")
                    .why("the wrapper is written for Python 3.9 and later")
                    .fix("set spec.runtime: python:3.11");
            (refused ? report : report.warning()).add();
        }
    }

    private static void handler(Fields fields, FunctionSpec spec) {
        HandlerName.fault(spec.runtime(), spec.handler())
                .ifPresent(fault -> fields.report(ErrorCode.HANDLER_MALFORMED, "handler")
                        .sentence("handler '" + spec.handler() + "' can't be read")
                        .why(fault)
                        .fix("set spec.handler: " + HandlerName.example(spec.runtime()))
                        .add());
    }

    private static void oneHttpTrigger(Fields fields, List<Trigger> http) {
        if (http.size() < 2) {
            return;
        }
        String second = http.get(1).name();
        Position position =
                fields.node().map("triggers").entry(second).orElseThrow().position();
        new Report(fields.problems(), ErrorCode.HTTP_TRIGGER_REPEATED, position.place(), fields.path("triggers"))
                .sentence("trigger '" + second + "' is the second of kind http")
                .why("There's more than one http trigger (unsupported): '"
                        + http.getFirst().name() + "' is the first")
                .fix("remove one of them; one trigger can have several ingresses and serves every path")
                .add();
    }

    private static void trigger(Fields fields, Trigger trigger, Map<String, String> annotations, RuntimeName runtime) {
        if (trigger.batch().enabled() && !trigger.isHttp()) {
            ignored(fields, "batch", "Batching configuration is ignored: only http triggers have it");
        } else if (trigger.batch().enabled() && !runtime.takesBatches()) {
            ignored(fields, "batch", "handlers of runtime '" + runtime.name() + "' get one event at a time");
        }
        if (trigger.mode() == Mode.ASYNC && !runtime.takesSeveral()) {
            ignored(fields, "mode", "handlers of runtime '" + runtime.name() + "' can't have several events open");
        }
        boolean explicit = trigger.delivery().explicitAck() != ExplicitAck.DISABLE;
        boolean stream =
                TriggerKind.of(trigger.kind()).filter(TriggerKind::stream).isPresent();
        if (explicit && !stream && TriggerKind.of(trigger.kind()).isPresent()) {
            ignored(fields, "explicitAckMode", "kind '" + trigger.kind() + "' is no stream");
        }
        String annotated = annotations.getOrDefault(Delivery.annotation(trigger.kind(), ALLOCATION_MODE), "pool");
        String allocation = trigger.attributes().fields(fields.problems()).text("workerAllocationMode", annotated);
        if (explicit && stream && !allocation.equalsIgnoreCase("static")) {
            fields.report(ErrorCode.EXPLICIT_ACK_REFUSED, "explicitAckMode")
                    .what("does not go with worker allocation mode '" + allocation + "'")
                    .why("Explicit ack mode is not allowed when using worker pool allocation mode")
                    .fix("set spec.triggers." + trigger.name() + ".attributes.workerAllocationMode: static")
                    .add();
        }
    }

    private static void ignored(Fields fields, String name, String why) {
        fields.report(ErrorCode.SETTING_IGNORED, name)
                .warning()
                .what("has no effect")
                .why(why)
                .fix("remove it")
                .add();
    }
}
