package io.nucleon.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeployCheckTest {
    @Test
    void aPlainFunctionPasses() {
        assertThat(check("build: {path: .}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "My_Function | NUC-1020 function.yaml:1 metadata.name can't be 'My_Function': names have at most 63 of a-z, 0-9 and '-', with no '-' at the ends; fix: write 'my-function'",
                "- | NUC-1020 function.yaml:1 metadata.name can't be '-': names have at most 63 of a-z, 0-9 and '-', with no '-' at the ends; fix: write 'my-function'",
                "'' | NUC-1020 function.yaml:1 metadata.name is missing: Function must have a name; fix: set metadata.name",
                "dashboard | NUC-1021 function.yaml:1 metadata.name can't be 'dashboard': Function name dashboard is reserved and cannot be used.; fix: give it another name, such as 'my-dashboard'"
            })
    void refusesNames(String name, String message) {
        String text = "metadata: {name: '" + name + "'}\nspec: {build: {path: .}}";

        List<Problem> problems =
                DeployCheck.check(FunctionReader.read(text, "function.yaml").value());

        assertThat(problems).extracting(Problem::oneLine).containsExactly(message);
    }

    /** nuclio: pkg/platform/abstract/platform_test.go TestMinMaxReplicas. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, true",
                "-, 0, false",
                "-, 2, true",
                "0, -, false",
                "0, 0, false",
                "0, 2, true",
                "2, -, true",
                "2, 0, false",
                "2, 2, true",
                "2, 3, true",
                "3, 2, false"
            })
    void minAndMaxReplicasFollowTheTable(Integer min, Integer max, boolean passes) {
        String text = "build: {path: .}, triggers: {web: {kind: http}}"
                + (min == null ? "" : ", minReplicas: " + min)
                + (max == null ? "" : ", maxReplicas: " + max);

        assertThat(check(text).isEmpty()).isEqualTo(passes);
        assertThat(check(text)).allMatch(problem -> problem.code() == ErrorCode.REPLICAS_INVALID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "minReplicas: 0 | spec.minReplicas is 0: Max replicas must be set when min replicas is zero; fix: add 'maxReplicas', at least 1",
                "maxReplicas: 0 | spec.maxReplicas is 0: Max replicas must be greater than zero; fix: write a number over 0",
                "minReplicas: 0, maxReplicas: 1 | spec.minReplicas can't be 0: Function can not be scaling to zero without http trigger; fix: set spec.minReplicas: 1",
                "minReplicas: 3, maxReplicas: 2 | spec.minReplicas is 3, over maxReplicas 2: Min replicas must be less than or equal to max replicas; fix: lower the one or raise the other",
                "minReplicas: 1, maxReplicas: 2, triggers: {v: {kind: v3ioStream}} | spec.minReplicas differs from maxReplicas: V3IO Stream trigger does not support autoscaling; fix: write the same number in both",
                "autoScaleMetrics: [{metricName: cpu, sourceType: Resource, threshold: 0}] | spec.autoScaleMetrics[0].threshold is 0: Auto scale metric value must be positive; fix: write a number over 0",
                "autoScaleMetrics: [{sourceType: Pods, threshold: 1}] | spec.autoScaleMetrics[0].metricName is missing: Auto scale metric name is missing; fix: add the metric's name",
                "autoScaleMetrics: [{metricName: cpu, threshold: 1}] | spec.autoScaleMetrics[0].sourceType is missing: Auto scale metric kind is missing; fix: add 'sourceType'",
                "serviceType: LoadBalancer | spec.serviceType can't be 'LoadBalancer': Unsupported service type LoadBalancer; fix: write ClusterIP or NodePort",
                "nodeSelector: {zone: eu west} | spec.nodeSelector.zone can't be 'eu west': Invalid value: eu west; fix: write at most 63 letters, digits, '-', '_' or '.'",
                "nodeSelector: {-: a} | spec.nodeSelector.- is no key of a label: Invalid key: -; fix: write at most 63 letters, digits, '-', '_' or '.'",
                "volumes: [{volume: {hostPath: {path: /a}}, volumeMount: {mountPath: /b}}] | spec.volumes[0] has no name: Volume name is missing; fix: add 'name' below volume and volumeMount",
                "volumes: [{volume: {name: a}, volumeMount: {name: b}}] | spec.volumes[0] has two names: Volume and volume mount must have the same name: 'a' and 'b'; fix: write the same name in both",
                "volumes: [{volume: {name: a}, volumeMount: {}}, {volume: {name: a, emptyDir: {}}, volumeMount: {}}] | spec.volumes[1] takes the name of another volume: Volumes sharing the same volume mount 'a' must having the same configuration; fix: give one of them another name",
                "sidecars: [{name: a}] | spec.sidecars[0].image is missing: Container image must be provided for container a; fix: add 'image'",
                "initContainers: [{image: a}] | spec.initContainers[0].name is missing: Container name must be provided; fix: add 'name'",
                "sidecars: [{name: a, image: a, ports: [{containerPort: 8080}]}] | spec.sidecars[0].ports[0].containerPort can't be 8080: Container port 8080 is reserved for Nuclio internal use; fix: choose another port",
                "sidecars: [{name: a, image: a, ports: [{containerPort: 1, name: http}]}] | spec.sidecars[0].ports[0].name can't be 'http': Port name http is reserved; fix: choose another name",
                "image: Big Image | spec.image can't be 'Big Image': Invalid Spec.Image passed; fix: write a reference such as 'orders' or 'registry:5000/team/orders:1.4'"
            })
    void refusesWhatNuclioRefuses(String fields, String message) {
        List<Problem> problems = check("build: {path: .}, " + fields);

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().oneLine().substring("NUC-1000 function.yaml:2 ".length()))
                .isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                       | Function must have either spec.build.path,spec.build.functionSourceCode, spec.build.image or spec.image set in order to create",
                "{image: a}                               | If image is passed, runtime must be specified",
                "{build: {path: a, codeEntryType: archive}} | Must provide valid URL when code entry type is github or archive",
                "{build: {codeEntryType: s3, codeEntryAttributes: {s3ItemKey: a}}} | Mandatory field - 's3Bucket' not given",
                "{build: {path: 'https://github.com/a/b', codeEntryType: github}} | Mandatory field - 'branch' not given",
                "{build: {path: 'https://a/b', codeEntryType: git}} | a repository needs one of branch, tag and reference"
            })
    void refusesCodeThatIsNowhere(String spec, String why) {
        String text = "metadata: {name: a}\nspec: " + spec;

        List<Problem> problems =
                DeployCheck.check(FunctionReader.read(text, "function.yaml").value());

        assertThat(problems).extracting(Problem::why).containsExactly(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "team/orders:1.4",
                "registry:5000/team/orders",
                "quay.io/a/b@sha256:0123abc",
                "localhost:5000",
                "a_b/c.d-e",
                "https://index.docker.io/v1",
                "Registry.example.com"
            })
    void takesReferences(String reference) {
        assertThat(ImageCheck.isReference(reference)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "Orders", "registry/Orders", "/a", "a:", ":a", "a//b", "ä", "a$b"})
    void refusesOtherReferences(String reference) {
        assertThat(ImageCheck.isReference(reference)).isFalse();
    }

    @Test
    void statusesAreNuclios() {
        assertThat(DeployCheck.httpStatus(ErrorCode.FUNCTION_NAME_RESERVED)).isEqualTo(412);
        assertThat(DeployCheck.httpStatus(ErrorCode.IMAGE_WITHOUT_RUNTIME)).isEqualTo(500);
        assertThat(DeployCheck.httpStatus(ErrorCode.REPLICAS_INVALID)).isEqualTo(400);
    }

    private static List<Problem> check(String spec) {
        String text = "metadata: {name: a}\nspec: {" + spec + "}";
        return DeployCheck.check(FunctionReader.read(text, "function.yaml").value());
    }
}
