package io.nucleon.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.spec.trigger.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultHttpTriggerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                               | false | true",
                "{}                                               | true  | false",
                "spec: {disableDefaultHTTPTrigger: true}          | false | false",
                "spec: {disableDefaultHTTPTrigger: false}         | true  | true",
                "spec: {triggers: {a: {kind: http}}}              | false | false",
                "spec: {triggers: {a: {kind: cron, attributes: {interval: 1s}}}} | false | true"
            })
    void isAddedWhereItBelongs(String text, boolean platformDisables, boolean added) {
        FunctionConfig config = FunctionReader.read(text, "function.yaml").value();

        FunctionConfig with = DefaultHttpTrigger.add(config, platformDisables);

        assertThat(with.spec().triggers().containsKey("default-http")).isEqualTo(added);
    }

    @Test
    void isWrittenIntoTheDocumentToo() {
        FunctionConfig config = FunctionReader.read("spec: {triggers: {a: {kind: nats}}}", "function.yaml")
                .value();

        FunctionConfig with = DefaultHttpTrigger.add(config, false);

        Trigger trigger = with.spec().triggers().get("default-http");
        assertThat(trigger.kind()).isEqualTo("http");
        assertThat(trigger.workers().count()).isEqualTo(1);
        assertThat(with.spec().triggers().keySet()).containsExactly("a", "default-http");
        assertThat(with.raw().map("spec").map("triggers").map("default-http").plain())
                .containsEntry("numWorkers", 1L);
    }
}
