package io.nucleon.spec.reference;

/** Fields of platform.yaml: path, type, default, meaning, origin. */
final class PlatformFields {
    static final String ROWS = """
            kind | text | told from the environment | local or kube; what is written is overruled | kept
            webAdmin | mapping | | the processor's own server of triggers and statistics | nuclio
            webAdmin.enabled | truth value | true | whether it runs | nuclio
            webAdmin.listenAddress | text | :8081 | where it listens | nuclio
            healthCheck | mapping | | the processor's health server | nuclio
            healthCheck.enabled | truth value | true | whether it runs | nuclio
            healthCheck.listenAddress | text | :8082 | where it listens | nuclio
            logger | mapping | | where log lines go | nuclio
            logger.sinks | mapping | stdout | places for log lines, by name | nuclio
            logger.sinks.NAME.kind | text | | stdout | nuclio
            logger.sinks.NAME.enabled | truth value | true | whether it is used | nuclio
            logger.sinks.NAME.url | text | | where it is | nuclio
            logger.sinks.NAME.attributes | mapping | | stdout: encoding, timeFieldName, timeFieldEncoding, varGroupName, varGroupMode | nuclio
            logger.system | list | stdout at debug | sinks of the processor's own lines | nuclio
            logger.system[].level | debug/info/warn/error | debug | lines from this level on | nuclio
            logger.system[].sink | text | | name of a sink | nuclio
            logger.functions | list | stdout at debug | sinks of functions that say nothing | nuclio
            logger.functions[].level | debug/info/warn/error | debug | lines from this level on | nuclio
            logger.functions[].sink | text | | name of a sink | nuclio
            metrics | mapping | | where metrics go | nuclio
            metrics.sinks | mapping | | places for metrics, by name | nuclio
            metrics.sinks.NAME.kind | text | | prometheusPull, prometheusPush | nuclio
            metrics.sinks.NAME.enabled | truth value | true | whether it is used | nuclio
            metrics.sinks.NAME.url | text | prometheusPull: :8090 | where it listens, or the gateway | nuclio
            metrics.sinks.NAME.attributes | mapping | | instanceName, jobName, interval | nuclio
            metrics.system | list of texts | | sinks of the platform's own metrics | nuclio
            metrics.functions | list of texts | | sinks of functions' metrics | nuclio
            journal | mapping | | asynchronous calls, dead letters and failures on disk | nucleon
            journal.path | text | chosen | its folder | nucleon
            journal.maxSize | size | 20GiB | most room on disk | nucleon
            journal.keep | duration | 24h | how long finished events stay | nucleon
            journal.sync | truth value | false | true = a record is on the disk before its event counts as taken | nucleon
            journal.redact | list of text | | headers, fields and members of bodies whose values are masked in what is kept, beside Authorization and cookies | nucleon
            disableDefaultHTTPTrigger | truth value | false | true = functions without an http trigger get none | nuclio
            cronTriggerCreationMode | processor/kube | processor | who keeps the time of cron triggers | nuclio
            functionReadinessTimeout | duration | 2m | how long a deployment waits | nuclio
            functionInvocationTimeout | duration | 1m | how long a call through the dashboard may take | nuclio
            runtime | mapping | | what all functions get, or all of a runtime | nuclio
            runtime.common | mapping | | all functions | nuclio
            runtime.NAME | mapping | | functions of this runtime | nuclio
            runtime.NAME.env | list | | environment variables that a function does not set itself | nuclio
            runtime.NAME.env[].name | text | | name of the variable | nuclio
            runtime.NAME.env[].value | text | | its value | nuclio
            runtime.NAME.env[].valueFrom | mapping | | Kubernetes' reference to the value | nuclio
            runtime.NAME.envFrom | list | | Kubernetes' sources of variables | nuclio
            runtime.NAME.buildArgs | mapping of texts | | build arguments | nuclio
            runtime.NAME.pipCAPath | text | | python: certificates for pip | nuclio
            scaleToZero | mapping | | scaling to none while nothing happens | nuclio
            scaleToZero.mode | text | disabled | enabled or disabled | nuclio
            scaleToZero.scalerInterval | duration | 1m | how often it is looked at | nuclio
            scaleToZero.resourceReadinessTimeout | duration | 2m | how long waking up may take | nuclio
            scaleToZero.scaleResources | list | | what must be idle | nuclio
            scaleToZero.inactivityWindowPresets | list of texts | | choices in the dashboard | nuclio
            scaleToZero.httpTriggerIngressAnnotations | mapping of texts | | annotations of ingresses | nuclio
            scaleToZero.multiTargetStrategy | text | random | which of several functions is woken | nuclio
            autoScale | mapping | | metricName and targetValue | nuclio
            autoScaleMetricsMode | legacy/custom | legacy | which metrics add copies | nuclio
            supportedAutoScaleMetrics | list | | metrics that functions may name | nuclio
            local | mapping | | the docker platform | nuclio
            local.functionContainersHealthinessEnabled | truth value | true | whether containers are probed | nuclio
            local.functionContainersHealthinessTimeout | duration | 5s | limit of a probe | nuclio
            local.functionContainersHealthinessInterval | duration | 30s | time between probes | nuclio
            local.defaultFunctionContainerNetworkName | text | | docker network | nuclio
            local.defaultFunctionRestartPolicy | mapping | | when docker starts a container again | nuclio
            local.defaultFunctionVolumes | list | | volumes of every function | nuclio
            kube | mapping | | the Kubernetes platform | nuclio
            kube.kubeConfigPath | text | | how to reach the cluster | nuclio
            kube.defaultServiceType | text | ClusterIP | of functions that name none | nuclio
            kube.defaultFunctionNodeSelector | mapping of texts | | of functions that name none | nuclio
            kube.defaultHTTPIngressHostTemplate | text | | of ingresses that name none | nuclio
            kube.defaultHTTPIngressAnnotations | mapping of texts | | of all ingresses | nuclio
            kube.defaultHTTPIngressClassName | text | nginx | of all ingresses | nuclio
            kube.defaultFunctionPriorityClassName | text | | of functions that name none | nuclio
            kube.validFunctionPriorityClassNames | list of texts | | all that functions may name | nuclio
            kube.defaultFunctionServiceAccount | text | | of functions that name none | nuclio
            kube.defaultFunctionPodResources | mapping | | of functions that name none | nuclio
            kube.defaultSidecarResources | mapping | | of sidecars that name none | nuclio
            kube.defaultFunctionTolerations | list | | of functions that name none | nuclio
            kube.preemptibleNodes | mapping | | nodes that can be taken away: defaultMode (prevent), tolerations, gpuTolerations, nodeSelector | nuclio
            sensitiveFields | mapping | | secrets in configurations | nuclio
            sensitiveFields.maskSensitiveFields | truth value | false | true = they are kept apart | nuclio
            sensitiveFields.customSensitiveFields | list of texts | | more paths, as regular expressions | nuclio
            managedNamespaces | list of texts | | namespaces the platform looks after | nuclio
            functionAugmentedConfigs | list | | settings added to functions by label | nuclio
            ingressConfig | mapping | | TLS and sign-in of ingresses | nuclio
            imageRegistryOverrides | mapping | | registries of base and onbuild images, by runtime | nuclio
            projectsLeader | mapping | | who owns projects | nuclio
            iguazioSessionCookie | text | | session at a leader | nuclio
            opa | mapping | | permissions by Open Policy Agent | nuclio
            streamMonitoring | mapping | | v3io's streams in the dashboard | nuclio
            """;

    private PlatformFields() {}
}
