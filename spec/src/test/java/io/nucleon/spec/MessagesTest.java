package io.nucleon.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.Look;
import io.nucleon.error.MessageText;
import io.nucleon.spec.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole text of each message that a function's file can cause. */
class MessagesTest {
    @Test
    void nuc1002() {
        String text = """
                metadata:
                  name: orders
                spec:
                  runtime: python
                  handler: main:handler
                  triggers:
                    kafka: brokers: [a:9092]
                """;

        assertThat(terminal(text)).isEqualTo("""
                        error[NUC-1002]: function.yaml:7:19 is not valid YAML
                                   7 |     kafka: brokers: [a:9092]
                                     |                   ^ a second ':' on one line
                          why   a mapping value starts where none is allowed
                          do    put 'brokers:' on its own line, two spaces deeper
                                nucleon explain NUC-1002
                        """);
    }

    @Test
    void nuc1002OfATab() {
        assertThat(terminal("spec:\n\truntime: python")).isEqualTo("""
                        error[NUC-1002]: function.yaml:2:1 is not valid YAML
                                   2 |  runtime: python
                                     | ^ a tab
                          why   a tab stands where YAML wants spaces
                          do    replace the tab by spaces
                                nucleon explain NUC-1002
                        """);
    }

    @Test
    void nuc1002ShowsNoSecret() {
        assertThat(terminal("a:\n  password: x: hunter2")).doesNotContain("hunter2");
    }

    @Test
    void nuc1004() {
        String text = "metadata: {name: a}\nspec:\n  runtime: golang\n";

        assertThat(terminal(text)).isEqualTo("""
                        error[NUC-1004]: runtime 'golang' is not in this version (function.yaml:3)
                          do    keep this one on nuclio, or port the handler; here: python, nodejs, dotnetcore, java, shell, \
                        ruby, graaljs, graalpy
                                nucleon explain NUC-1004
                        """);
    }

    @Test
    void nuc1005() {
        assertOnly(
                "spec: {runtime: pyton}",
                "NUC-1005 runtime 'pyton' is unknown (function.yaml:1); fix: did you mean 'python'?");
        assertOnly(
                "spec: {runtime: cobol}",
                "NUC-1005 runtime 'cobol' is unknown (function.yaml:1); fix: use one of: python, nodejs, dotnetcore, java, "
                        + "shell, ruby, graaljs, graalpy");
    }

    @Test
    void nuc1007() {
        assertOnly(
                "spec: {}\nspec: {}",
                "NUC-1007 function.yaml:2 has the key 'spec' a second time: only one of the two values could count; "
                        + "fix: remove one of them, or give it another name");
    }

    @Test
    void nuc1007OfASecondSpelling() {
        assertOnly(
                "spec: {targetCPU: 1, TargetCpu: 2}",
                "NUC-1007 function.yaml:1 has 'TargetCpu' beside 'targetCPU': letter case does not count in names of "
                        + "fields, so only 'targetCPU' does; fix: remove one of them");
    }

    @Test
    void nuc1008() {
        assertOnly(
                "- a\n- b",
                "NUC-1008 function.yaml:1 does not describe a function: it holds a list instead of a mapping; "
                        + "fix: write 'metadata:' and 'spec:' with their fields below them");
    }

    @Test
    void nuc1009() {
        assertOnly(
                "spec: {}\n---\nspec: {}",
                "NUC-1009 function.yaml:2 starts a second document: only the first document of a file is read; "
                        + "fix: put it into a file of its own");
    }

    @Test
    void nuc1010() {
        assertOnly(
                "spec: {version: two}",
                "NUC-1010 function.yaml:1 spec.version is not a whole number: 'two' stands there; "
                        + "fix: write a whole number, such as 1");
        assertOnly(
                "spec: {disable: perhaps}",
                "NUC-1010 function.yaml:1 spec.disable is not a truth value: 'perhaps' stands there; "
                        + "fix: write true or false");
        assertOnly(
                "spec: {env: {A: b}}",
                "NUC-1010 function.yaml:1 spec.env is not a list: a mapping stands there; "
                        + "fix: write '- item' lines below it");
        assertOnly(
                "spec: {triggers: [a]}",
                "NUC-1010 function.yaml:1 spec.triggers is not a mapping: a list stands there; "
                        + "fix: write its fields below it, two spaces deeper");
        assertOnly(
                "spec: {triggers: {a: {kind: http, password: [hunter2]}}}",
                "NUC-1010 function.yaml:1 spec.triggers.a.password is not a text: a list stands there; "
                        + "fix: write a text");
    }

    @Test
    void nuc1011() {
        assertOnly(
                "spec: {triggers: {a: {kind: http, numWorkers: 100001}}}",
                "NUC-1011 function.yaml:1 spec.triggers.a.numWorkers is out of range: '100001' is not between 0 and "
                        + "100000; fix: write a number between 0 and 100000");
        assertOnly(
                "spec: {version: 99999999999999999999999999}",
                "NUC-1011 function.yaml:1 spec.version is out of range: '99999999999999999999999999' is not between "
                        + "-2147483648 and 2147483647; fix: write a number between -2147483648 and 2147483647");
        assertOnly(
                "spec: {runtime: python, triggers: {a: {kind: http, batch: {mode: enable, batchSize: 0}}}}",
                "NUC-1011 function.yaml:1 spec.triggers.a.batch.batchSize is out of range: Batch size should be 1 or "
                        + "higher, but it is 0; fix: write a number between 1 and 1000000");
        assertOnly(
                "spec: {eventTimeout: 0s}",
                "NUC-1011 function.yaml:1 spec.eventTimeout is out of range: an event needs some time to run; "
                        + "fix: write a length of time over 0, such as 30s, or remove the field for no limit");
    }

    @Test
    void nuc1012() {
        String text = "apiVersion: nuclio.io/v1\nmetadata:\n  name: a\nspec:\n  runtime: python\n  trigers: {}\n";

        assertThat(terminal(text)).isEqualTo("""
                        warning[NUC-1012]: function.yaml:6 has an unknown field spec.trigers
                          why   nuclio ignores unknown fields silently, so nucleon accepts the file too: no trigger is \
                        started from it
                          do    did you mean 'triggers'?
                                nucleon explain NUC-1012
                        """);
    }

    @Test
    void nuc1012OfAFieldThatIsNotIndentedEnough() {
        assertOnly(
                "handler: a:b",
                "NUC-1012 function.yaml:1 has an unknown field handler: nuclio ignores unknown fields silently, so "
                        + "nucleon accepts the file too: it has no effect; fix: did you mean 'spec.handler'? put it "
                        + "below 'spec:', two spaces deeper");
    }

    @Test
    void nuc1013() {
        String text = """
                metadata:
                  name: billing
                spec:
                  triggers:
                    orders:
                      kind: rabbitmq
                """;

        assertThat(only(text).oneLine())
                .isEqualTo(
                        "NUC-1013 trigger 'orders' has the unknown kind 'rabbitmq' (function.yaml:6): kinds here: http, "
                                + "cron, kafka-cluster, rabbit-mq, nats, mqtt, kinesis, dynamodb and 8 more; fix: did you mean "
                                + "'rabbit-mq'?");
    }

    @Test
    void nuc1014() {
        assertOnly(
                "spec: {eventTimeout: 5}",
                "NUC-1014 function.yaml:1 spec.eventTimeout is not a length of time: '5' stands there; fix: write a "
                        + "number with a unit (ns, us, ms, s, m, h), such as 500ms or 1m30s");
        assertOnly(
                "spec: {triggers: {a: {kind: http, workerTerminationTimeout: -1s}}}",
                "NUC-1014 function.yaml:1 spec.triggers.a.workerTerminationTimeout is not a length of time: '-1s' is "
                        + "negative; fix: write a number with a unit (ns, us, ms, s, m, h), such as 500ms or 1m30s");
    }

    @Test
    void nuc1015() {
        assertOnly(
                "spec: {triggers: {a: {kind: http, mode: asinc}}}",
                "NUC-1015 function.yaml:1 spec.triggers.a.mode can't be 'asinc': allowed are: sync, async; "
                        + "fix: did you mean 'async'?");
        assertOnly(
                "spec: {triggers: {a: {kind: http, attributes: {serviceType: LoadBalancer}}}}",
                "NUC-1015 function.yaml:1 spec.triggers.a.attributes.serviceType can't be 'LoadBalancer': "
                        + "Unsupported service type LoadBalancer; fix: write ClusterIP or NodePort");
        assertOnly(
                "spec: {triggers: {a: {kind: nats, deadLetter: topic}}}",
                "NUC-1015 function.yaml:1 spec.triggers.a.deadLetter is no place for dead letters: 'topic' stands "
                        + "there; fix: write one of: journal, topic:NAME, queue:NAME, function:NAME");
    }

    @Test
    void nuc1016() {
        assertOnly(
                "spec: {triggers: {a: {numWorkers: 1}}}",
                "NUC-1016 function.yaml:1 spec.triggers.a.kind is missing: the kind says where the events of trigger "
                        + "'a' come from; fix: add one of: http, cron, kafka-cluster, rabbit-mq, nats, mqtt, kinesis, "
                        + "dynamodb and 8 more");
        assertOnly(
                "spec: {env: [{value: a}]}",
                "NUC-1016 function.yaml:1 spec.env[0].name is missing: an environment variable has a name without "
                        + "'='; fix: write '- name: NAME' and below it 'value: VALUE'");
    }

    @Test
    void nuc1017() {
        assertOnly(
                "spec: {triggers: {a: {kind: http, name: b}}}",
                "NUC-1017 function.yaml:1 spec.triggers.a.name differs from the trigger's key: Trigger key and name "
                        + "mismatch (a != b); fix: remove 'name', or write: name: a");
        assertOnly(
                "spec: {triggers: {'': {kind: http}}}",
                "NUC-1017 function.yaml:1 spec.triggers. has an empty name: Trigger key can not be empty; "
                        + "fix: give the trigger a name, such as 'orders:'");
    }

    @Test
    void nuc1018() {
        assertOnly(
                "spec:\n  triggers:\n    a: {kind: http}\n    b: {kind: http}\n",
                "NUC-1018 trigger 'b' is the second of kind http (function.yaml:4): There's more than one http trigger "
                        + "(unsupported): 'a' is the first; fix: remove one of them; one trigger can have several "
                        + "ingresses and serves every path");
    }

    @Test
    void nuc1019() {
        assertOnly(
                "meta:\n  name: a\n",
                "NUC-1019 function.yaml:1 calls its block 'meta' instead of 'metadata': nuclio ignores it, so name and "
                        + "labels in it have no effect; fix: write 'metadata:'");
    }

    @Test
    void nuc1023() {
        assertOnly(
                "spec: {runtime: java, triggers: {a: {kind: http, batch: {mode: enable}}}}",
                "NUC-1023 function.yaml:1 spec.triggers.a.batch has no effect: handlers of runtime 'java' get one event at "
                        + "a time; fix: remove it");
        assertOnly(
                "spec: {runtime: python, triggers: {a: {kind: nats, batch: {mode: enable}}}}",
                "NUC-1023 function.yaml:1 spec.triggers.a.batch has no effect: Batching configuration is ignored: only "
                        + "http triggers have it; fix: remove it");
        assertOnly(
                "spec: {runtime: shell, triggers: {a: {kind: http, mode: async}}}",
                "NUC-1023 function.yaml:1 spec.triggers.a.mode has no effect: handlers of runtime 'shell' can't have "
                        + "several events open; fix: remove it");
        assertOnly(
                "spec: {triggers: {a: {kind: nats, explicitAckMode: enable}}}",
                "NUC-1023 function.yaml:1 spec.triggers.a.explicitAckMode has no effect: kind 'nats' is no stream; "
                        + "fix: remove it");
    }

    @Test
    void nuc1024() {
        assertOnly(
                "spec: {triggers: {a: {kind: kafka, explicitAckMode: enable}}}",
                "NUC-1024 function.yaml:1 spec.triggers.a.explicitAckMode does not go with worker allocation mode "
                        + "'pool': Explicit ack mode is not allowed when using worker pool allocation mode; fix: set "
                        + "spec.triggers.a.attributes.workerAllocationMode: static");
    }

    @Test
    void annotationsOfNuclioAskForExplicitAck() {
        String annotations = "metadata: {annotations: {nuclio.io/kafka-explicit-ack-mode: explicitOnly, "
                + "nuclio.io/wait-explicit-ack-during-rebalance-timeout: WAIT}}\n";
        assertOnly(
                annotations.replace("WAIT", "2s") + "spec: {triggers: {a: {kind: kafka}}}",
                "NUC-1024 function.yaml:2 spec.triggers.a.explicitAckMode does not go with worker allocation mode "
                        + "'pool': Explicit ack mode is not allowed when using worker pool allocation mode; fix: set "
                        + "spec.triggers.a.attributes.workerAllocationMode: static");
        assertOnly(
                annotations.replace("WAIT", "soon")
                        + "spec: {triggers: {a: {kind: kafka-cluster, attributes: {workerAllocationMode: static}}}}",
                "NUC-1014 function.yaml:2 spec.triggers.a.waitExplicitAckDuringRebalanceTimeout is given by annotation "
                        + "nuclio.io/wait-explicit-ack-during-rebalance-timeout, which is not a length of time: 'soon' stands "
                        + "there; fix: write a number with a unit, such as 500ms");
    }

    @Test
    void nuc1025() {
        assertOnly(
                "spec: {runtime: python, handler: handler}",
                "NUC-1025 handler 'handler' can't be read (function.yaml:1): Malformed handler: it has no module before "
                        + "a ':'; fix: set spec.handler: main:handler");
        assertOnly(
                "spec: {runtime: nodejs, handler: 'a:b:c'}",
                "NUC-1025 handler 'a:b:c' can't be read (function.yaml:1): Invalid handler name a:b:c: it has more than "
                        + "one ':'; fix: set spec.handler: main.js:handler");
    }

    @Test
    void nuc1026() {
        assertOnly(
                "spec: {runtime: 'python:3.6'}",
                "NUC-1026 runtime 'python:3.6' is too old (function.yaml:1): the wrapper is written for Python 3.9 and "
                        + "later; fix: set spec.runtime: python:3.11");
        assertThat(FunctionReader.read("spec: {runtime: 'python:3.8'}", "function.yaml")
                        .isOk())
                .isTrue();
    }

    @Test
    void nuc1029() {
        assertOnly(
                "spec: {maxQueuedBytes: lots}",
                "NUC-1029 function.yaml:1 spec.maxQueuedBytes is not a size: 'lots' stands there; fix: write a number "
                        + "of bytes or a size, such as 512Mi or 20GiB");
        assertOnly(
                "spec: {resources: {limits: {memory: lots}}}",
                "NUC-1029 function.yaml:1 spec.resources.limits.memory is no quantity: 'lots' stands there; fix: write "
                        + "a number with or without a suffix, such as 500m, 2 or 512Mi");
    }

    @Test
    void nuc1039() {
        assertOnly(
                "spec: {triggers: {a: {kind: http, url: 'http://x'}}}",
                "NUC-1039 function.yaml:1 spec.triggers.a.url is no address to listen on: 'http://x' stands there; fix: "
                        + "write a port or a host and a port, such as ':8080' or '127.0.0.1:8080'");
    }

    @Test
    void saysWhatIsNotInstalled() {
        var options =
                ReadOptions.DEFAULT.withRuntimes(List.of("python", "java")).withTriggerKinds(List.of("http", "cron"));
        String text = "spec: {runtime: nodejs, triggers: {a: {kind: kafka}}}";

        assertThat(FunctionReader.read(text, "function.yaml", options).problems())
                .extracting(Problem::oneLine)
                .containsExactly(
                        "NUC-1004 runtime 'nodejs' is not in this version (function.yaml:1); fix: keep this one on "
                                + "nuclio, or port the handler; here: python, java",
                        "NUC-1013 trigger 'a' has kind 'kafka', which is not in this version (function.yaml:1): kinds "
                                + "here: http, cron; fix: remove the trigger, or keep this function on nuclio");
    }

    @Test
    void saysWhereTheRuntimesOnGraalVmAre() {
        var options = ReadOptions.DEFAULT.withRuntimes(List.of("python", "java"));

        assertThat(FunctionReader.read("spec: {runtime: graaljs}", "function.yaml", options)
                        .problems())
                .extracting(Problem::oneLine)
                .containsExactly(
                        "NUC-1004 runtime 'graaljs' is not in this distribution (function.yaml:1): its jars are a"
                                + " folder of their own, lib/polyglot, which is not here; fix: put the folder lib/polyglot of a"
                                + " distribution that has it into this one's lib");
    }

    private static String terminal(String text) {
        return MessageText.terminal(only(text).toMessage(), Look.PLAIN);
    }

    private static void assertOnly(String text, String line) {
        assertThat(only(text).oneLine()).isEqualTo(line);
    }

    private static Problem only(String text) {
        List<Problem> problems = FunctionReader.read(text, "function.yaml").problems();
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }
}
