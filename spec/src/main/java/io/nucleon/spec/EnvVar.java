package io.nucleon.spec;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.field.Secrets;

/**
 * A variable of the function's environment. {@code toString} masks the value: nobody can tell which of them are secrets.
 *
 * @param valueFrom Kubernetes' reference to a value, empty when the value is given
 */
public record EnvVar(String name, String value, Attributes valueFrom) {
    /** Reads one entry of a list of variables. */
    public static EnvVar of(Fields variable) {
        var read = new EnvVar(variable.text("name", ""), variable.text("value", ""), variable.attributes("valueFrom"));
        if (read.name.isEmpty() || read.name.indexOf('=') >= 0) {
            variable.report(ErrorCode.FIELD_MISSING, "name")
                    .what(read.name.isEmpty() ? "is missing" : "can't be '" + read.name + "'")
                    .why("an environment variable has a name without '='")
                    .fix("write '- name: NAME' and below it 'value: VALUE'")
                    .add();
        }
        return read;
    }

    @Override
    public String toString() {
        return "EnvVar[name=" + name + ", value=" + Secrets.mask(value) + "]";
    }
}
