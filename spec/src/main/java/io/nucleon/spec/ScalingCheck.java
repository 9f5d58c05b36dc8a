package io.nucleon.spec;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.trigger.TriggerKind;
import java.util.List;
import java.util.Optional;

/**
 * The rule of minimum and maximum, as in nuclio: if one is given the other takes its value; zero as minimum needs a maximum; the
 * maximum is at least one and not below the minimum.
 */
record ScalingCheck(Fields fields, FunctionSpec spec) {
    private static final String MIN = "minReplicas";
    private static final String MAX = "maxReplicas";

    void check() {
        replicas();
        toZero();
        v3io();
        metrics();
    }

    private void replicas() {
        Optional<Integer> min = spec.scaling().minReplicas();
        Optional<Integer> max = spec.scaling().maxReplicas();
        if (max.filter(count -> count == 0).isPresent()) {
            refuse(MAX, "is 0", "Max replicas must be greater than zero", "write a number over 0");
        } else if (min.filter(count -> count == 0).isPresent() && max.isEmpty()) {
            refuse(MIN, "is 0", "Max replicas must be set when min replicas is zero", "add 'maxReplicas', at least 1");
        } else if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
            String words = "is " + min.get() + ", over maxReplicas " + max.get();
            refuse(
                    MIN,
                    words,
                    "Min replicas must be less than or equal to max replicas",
                    "lower the one or raise the other");
        }
    }

    private void refuse(String name, String what, String why, String fix) {
        fields.report(ErrorCode.REPLICAS_INVALID, name)
                .what(what)
                .why(why)
                .fix(fix)
                .add();
    }

    private void toZero() {
        boolean zero = spec.scaling().minReplicas().filter(count -> count == 0).isPresent();
        if (zero
                && spec.scaling().maxReplicas().isPresent()
                && spec.httpTriggers().isEmpty()) {
            fields.report(ErrorCode.SCALE_TO_ZERO_REFUSED, MIN)
                    .what("can't be 0")
                    .why("Function can not be scaling to zero without http trigger")
                    .fix("set spec.minReplicas: 1")
                    .add();
        }
    }

    private void v3io() {
        boolean stream = spec.triggers().values().stream()
                .anyMatch(trigger -> TriggerKind.of(trigger.kind())
                        .filter(kind -> kind.reported().equals("v3io-stream"))
                        .isPresent());
        Scaling scaling = spec.scaling();
        Optional<Integer> min = scaling.minReplicas().or(scaling::maxReplicas);
        Optional<Integer> max = scaling.maxReplicas().or(scaling::minReplicas);
        if (stream && !min.equals(max)) {
            refuse(
                    MIN,
                    "differs from maxReplicas",
                    "V3IO Stream trigger does not support autoscaling",
                    "write the same number in both");
        }
    }

    private void metrics() {
        List<Scaling.Metric> metrics = spec.scaling().metrics();
        for (int i = 0; i < metrics.size(); i++) {
            Scaling.Metric metric = metrics.get(i);
            Fields place = fields.items("autoScaleMetrics").get(i);
            if (metric.metricName().isEmpty()) {
                metric(place, "metricName", "is missing", "Auto scale metric name is missing", "add the metric's name");
            }
            if (metric.sourceType().isEmpty()) {
                metric(place, "sourceType", "is missing", "Auto scale metric kind is missing", "add 'sourceType'");
            }
            if (metric.threshold() <= 0) {
                String words = "is " + metric.threshold();
                metric(place, "threshold", words, "Auto scale metric value must be positive", "write a number over 0");
            }
        }
    }

    private static void metric(Fields place, String name, String what, String why, String fix) {
        place.report(ErrorCode.AUTOSCALE_METRIC_INVALID, name)
                .what(what)
                .why(why)
                .fix(fix)
                .add();
    }
}
