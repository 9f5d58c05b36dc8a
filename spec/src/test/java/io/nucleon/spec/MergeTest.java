package io.nucleon.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.yaml.Limits;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.YamlReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                  | {a: 1}                             | {a: 1}",
                "{a: 1}                              | {a: 2, b: 3}                       | {a: 1, b: 3}",
                "{a: 0, b: '', c: false, d: , e: {}} | {a: 1, b: x, c: true, d: y, e: {f: 1}} | {a: 1, b: x, c: true, d: y, e: {f: 1}}",
                "{spec: {a: {b: 1}}}                 | {spec: {a: {b: 2, c: 3}}}          | {spec: {a: {b: 1, c: 3}}}",
                "{spec: {minReplicas: 2}}            | {spec: {MinReplicas: 3}}           | {spec: {minReplicas: 2}}",
                "{labels: {App: a}}                  | {labels: {app: b}}                 | {labels: {App: a, app: b}}",
                "{commands: [a]}                     | {commands: [b]}                    | {commands: [a]}",
                "{commands: []}                      | {commands: [b]}                    | {commands: [b]}",
                "{env: [{name: A, value: 1}]}        | {env: [{name: A, value: 2}, {name: B, value: 3}]} "
                        + "| {env: [{name: A, value: 1}, {name: B, value: 3}]}",
                "{a: {b: 1}}                         | {a: [1]}                           | {a: {b: 1}}",
                "{spec: {triggers: {default-http: {kind: http}}}} | {spec: {triggers: {web: {kind: http}}}} "
                        + "| {spec: {triggers: {web: {kind: http}}}}"
            })
    void fillsWhatIsNotSet(String base, String file, String filled) {
        assertThat(Merge.fill(map(base), map(file)).plain())
                .isEqualTo(map(filled).plain());
    }

    private static MapNode map(String text) {
        return (MapNode) new YamlReader("a.yaml", Limits.DEFAULT, new Problems())
                .read(text)
                .orElseThrow();
    }
}
