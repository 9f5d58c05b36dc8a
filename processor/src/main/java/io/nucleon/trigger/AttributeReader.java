package io.nucleon.trigger;

import io.nucleon.spec.field.Fields;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.problem.SpecException;
import java.util.function.Function;

/** Reads the attributes of a trigger's kind, so that everything that is wrong with them is said at once, with its place in the file. */
public final class AttributeReader {

    private AttributeReader() {}

    /**
     * What {@code read} makes of the attributes.
     *
     * @throws SpecException when it reported an error
     */
    public static <T> T read(TriggerSetting setting, Function<Fields, T> read) {
        Problems problems = new Problems();
        Fields fields = setting.spec().attributes().fields(problems);
        fields.accept("mode"); // read with the trigger itself
        T result = read.apply(fields);
        fields.done();
        if (problems.hasErrors()) {
            throw new SpecException(problems.list());
        }
        return result;
    }
}
