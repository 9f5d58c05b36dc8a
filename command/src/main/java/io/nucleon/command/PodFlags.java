package io.nucleon.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * The flags of {@code deploy} about where and as whom a function's pods run, by nuctl's names. They mean nothing for processes of this machine, are
 * kept in its configuration, and so in what is exported.
 */
public final class PodFlags {
    @Option(
            names = {"-d", "--disable"},
            description = "deploy it without replicas (kube only)")
    private boolean disable;

    @Option(names = "--publish", description = "mark the version as published (kube only)")
    private boolean publish;

    @Option(
            names = "--run-image",
            paramLabel = "NAME",
            description = "image to run instead of a built one (docker, kube)")
    private String runImage = "";

    @Option(
            names = "--run-registry",
            paramLabel = "HOST",
            description = "registry that it is pulled from (docker, kube)")
    private String runRegistry = "";

    @Option(names = "--http-trigger-service-type", paramLabel = "TYPE", description = "type of its service (kube only)")
    private String serviceType = "";

    @Option(
            names = "--nodeSelector",
            paramLabel = "K=V,…",
            split = ",",
            description = "labels of its nodes (kube only)")
    private Map<String, String> nodeSelector = new LinkedHashMap<>();

    @Option(names = "--nodeName", paramLabel = "NAME", description = "its node (kube only)")
    private String nodeName = "";

    @Option(names = "--priorityClassName", paramLabel = "NAME", description = "class of its priority (kube only)")
    private String priorityClassName = "";

    @Option(names = "--preemptionPolicy", paramLabel = "POLICY", description = "whom it may displace (kube only)")
    private String preemptionPolicy = "";

    @Option(names = "--run-as-user", paramLabel = "ID", description = "user that it runs as (docker, kube)")
    private Integer user;

    @Option(names = "--run-as-group", paramLabel = "ID", description = "group that it runs as (docker, kube)")
    private Integer group;

    @Option(names = "--fsgroup", paramLabel = "ID", description = "group that owns its volumes (kube only)")
    private Integer fsGroup;

    /** Texts of fields below {@code spec}, by their path with dots; JSON or plain. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        DeployOptions.put(fields, "disable", disable ? "true" : "");
        DeployOptions.put(fields, "publish", publish ? "true" : "");
        DeployOptions.put(fields, "image", runImage);
        DeployOptions.put(fields, "runRegistry", runRegistry);
        DeployOptions.put(fields, "serviceType", serviceType);
        DeployOptions.put(fields, "nodeName", nodeName);
        DeployOptions.put(fields, "priorityClassName", priorityClassName);
        DeployOptions.put(fields, "preemptionPolicy", preemptionPolicy);
        // 0 is root, whom nuctl can't name.
        DeployOptions.put(fields, "securityContext.runAsUser", user);
        DeployOptions.put(fields, "securityContext.runAsGroup", group);
        DeployOptions.put(fields, "securityContext.fsGroup", fsGroup);
        return fields;
    }

    /** Labels of its nodes. */
    public Map<String, String> nodeSelector() {
        return new LinkedHashMap<>(nodeSelector);
    }
}
