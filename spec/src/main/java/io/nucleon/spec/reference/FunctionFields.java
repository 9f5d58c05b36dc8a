package io.nucleon.spec.reference;

/** Fields of a function, but for triggers and build: path, type, default, meaning, origin. */
final class FunctionFields {
    static final String ROWS = """
            apiVersion | text | | `nuclio.io/v1`; any value is accepted | nuclio
            kind | text | | `NuclioFunction`; any value is accepted | nuclio
            status | mapping | | what a platform says of the function; read by nobody but platforms | nuclio
            metadata.name | text | | the function's name | nuclio
            metadata.namespace | text | default | its namespace | nuclio
            metadata.labels | mapping of texts | | `nuclio.io/project-name` names the project | nuclio
            metadata.annotations | mapping of texts | | free; `nuclio.io/…` have meanings of their own | nuclio
            metadata.resourceVersion | text | | optimistic-lock token, never exported | nuclio
            metadata.uid | text | | written by clusters | kept
            metadata.creationTimestamp | text | | written by clusters | kept
            metadata.generation | number | | written by clusters | kept
            metadata.managedFields | list | | written by clusters | kept
            metadata.selfLink | text | | written by clusters | kept
            metadata.finalizers | list | | written by clusters | kept
            spec.description | text | | handed to handlers as `NUCLIO_FUNCTION_DESCRIPTION` | nuclio
            spec.disable | truth value | false | true = deployed and not started | nuclio
            spec.publish | truth value | false | accepted by nuclio's command line too | kept
            spec.handler | text | told from the code | entry point, `module:function` or what the runtime takes | nuclio
            spec.runtime | text | told from the file's extension | name of the runtime, perhaps with `:version` | nuclio
            spec.version | whole number | 0 | handed to handlers as `NUCLIO_FUNCTION_VERSION` | nuclio
            spec.alias | text | latest | the version's tag | nuclio
            spec.eventTimeout | duration | no limit | how long a handler may take for an event; then 408 and a new worker | nuclio
            spec.disableDefaultHTTPTrigger | truth value | the platform's | true = no http trigger is added to a function without one | nuclio
            spec.maxQueuedEvents | whole number | 4096 | events that may wait for a worker; beyond it 503 at once, and sources pause | nucleon
            spec.maxQueuedBytes | size | 256Mi | the same for their bodies | nucleon
            spec.env | list | | environment variables | nuclio
            spec.env[].name | text | | name of the variable | nuclio
            spec.env[].value | text | | its value | nuclio
            spec.env[].valueFrom | mapping | | Kubernetes' reference to the value; ignored elsewhere | nuclio
            spec.envFrom | list | | Kubernetes' sources of variables | nuclio
            spec.resources | mapping | | what the function asks for and may take | nuclio
            spec.resources.requests | mapping of quantities | cpu 25m, memory 1Mi | what a cluster sets aside | nuclio
            spec.resources.limits | mapping of quantities | | `cpu`, `memory`, `nvidia.com/gpu` | nuclio
            spec.resources.claims | list | | Kubernetes' resource claims | kept
            spec.image | text | set by a build | image to run | nuclio
            spec.imageHash | text | | stored with the image | nuclio
            spec.runRegistry | text | the build's | registry to pull from | nuclio
            spec.imagePullSecrets | text | the platform's | name of one secret | nuclio
            spec.imagePullPolicy | text | Always | Kubernetes' pull policy | nuclio
            spec.replicas | whole number | | a fixed number of copies | nuclio
            spec.minReplicas | whole number | maxReplicas | fewest copies; 0 = scaled to none while nothing happens | nuclio
            spec.maxReplicas | whole number | minReplicas | most copies, at least 1 | nuclio
            spec.targetCPU | whole number | 75 | cpu percentage at which copies are added | nuclio
            spec.scaleToZero | mapping | | when a function is scaled to none | nuclio
            spec.scaleToZero.scaleResources | list | the platform's | what must be idle for how long | nuclio
            spec.scaleToZero.scaleResources[].metricName | text | | name of the metric | nuclio
            spec.scaleToZero.scaleResources[].windowSize | text | | how long it is looked at | nuclio
            spec.scaleToZero.scaleResources[].threshold | whole number | 0 | idle up to this value | nuclio
            spec.scaleToZero.lastScaleEvent | text | | written by platforms | kept
            spec.scaleToZero.lastScaleEventTime | text | | written by platforms | kept
            spec.customScalingMetricSpecs | list | | Kubernetes' metric specs instead of the default ones | nuclio
            spec.autoScaleMetrics | list | | metrics that add copies | nuclio
            spec.autoScaleMetrics[].metricName | text | | name of the metric | nuclio
            spec.autoScaleMetrics[].windowSize | text | | how long it is looked at | nuclio
            spec.autoScaleMetrics[].threshold | whole number | | value at which copies are added, over 0 | nuclio
            spec.autoScaleMetrics[].sourceType | Resource/Pods/External/Object/ContainerResource | | where Kubernetes finds it | nuclio
            spec.autoScaleMetrics[].displayType | int/percentage | | how it is shown | nuclio
            spec.volumes | list | | volumes and where they are mounted | nuclio
            spec.volumes[].volume | mapping | | Kubernetes' volume; without a cluster only `hostPath` | nuclio
            spec.volumes[].volumeMount | mapping | | Kubernetes' volume mount | nuclio
            spec.dataBindings | mapping | | connections that nuclio opens for Go handlers | kept
            spec.dataBindings.NAME.name | text | the key | name of the binding | kept
            spec.dataBindings.NAME.kind | text | class | `v3io` or `eventhub` | kept
            spec.dataBindings.NAME.class | text | | stands in for an empty `kind` | kept
            spec.dataBindings.NAME.url | text | | where it is | kept
            spec.dataBindings.NAME.path | text | | path there | kept
            spec.dataBindings.NAME.query | text | | query there | kept
            spec.dataBindings.NAME.secret | text | | key to it | kept
            spec.dataBindings.NAME.attributes | mapping | | of the kind | kept
            spec.loggerSinks | list | the platform's | where log lines go; one entry without `sink` changes the level only | nuclio
            spec.loggerSinks[].level | debug/info/warn/error | debug | lines from this level on | nuclio
            spec.loggerSinks[].sink | text | | a sink of platform.yaml | nuclio
            spec.runtimeAttributes | mapping | | what only some runtimes know | nuclio
            spec.runtimeAttributes.arguments | text | | shell: behind the script or command | nuclio
            spec.runtimeAttributes.responseHeaders | mapping of texts | | shell: sent with every answer | nuclio
            spec.runtimeAttributes.jvmOptions | list of texts | | java: of the wrapper's JVM (`isolation: process`) | nuclio
            spec.runtimeAttributes.body | copy/view | copy | whether a handler gets its own copy of the body or a view that ends with the call | nucleon
            spec.runtimeAttributes.isolation | none/process | none | java and in-process runtimes: whether the handler runs in a process of its own | nucleon
            spec.runtimeAttributes.transport | auto/shm/unix | auto | what carries events to a wrapper: shared memory or a Unix socket | nucleon
            spec.runtimeAttributes.mode | spawn/resident | spawn | shell: a process for each event, or one that reads event after event | nucleon
            spec.runtimeAttributes.framing | line/length | line | shell, resident: how one event is told from the next | nucleon
            spec.runtimeAttributes.stderr | answer/log | answer | shell: where standard error goes | nucleon
            spec.runtimeAttributes.argumentHeader | truth value | true | shell: whether a request's `X-Nuclio-Arguments` stand in for `arguments` | nucleon
            spec.runtimeAttributes.throughShell | never/own/all | never | shell: whose arguments of a command on PATH are read by `sh -c`; `all` is what nuclio does and lets every caller run what he likes | nucleon
            spec.runtimeAttributes.streamAfterBytes | whole number | 1048576 | shell: a longer answer is sent as it comes, with status 200 | nucleon
            spec.runtimeAttributes.polyglot | mapping | | limits of the in-process runtimes | nucleon
            spec.platform | mapping | | how a container of the docker platform runs | nuclio
            spec.platform.attributes | mapping | | its settings | nuclio
            spec.platform.attributes.network | text | the platform's | docker network | nuclio
            spec.platform.attributes.publishAddress | text | 127.0.0.1 | where docker opens the function's port; 0.0.0.0 for every network | nucleon
            spec.platform.attributes.restartPolicy | mapping | the platform's, else always | when docker starts the container again | nuclio
            spec.platform.attributes.restartPolicy.name | no/always/on-failure/unless-stopped | | docker's policy | nuclio
            spec.platform.attributes.restartPolicy.maximumRetryCount | whole number | 0 | with `on-failure` | nuclio
            spec.platform.attributes.mountMode | bind/volume | | read by no version any more | kept
            spec.platform.attributes.healthCheckInterval | duration or seconds | 1s | how often the container is probed | nuclio
            spec.readinessTimeoutSeconds | whole number | 120 | how long a deployment waits | nuclio
            spec.waitReadinessTimeoutBeforeFailure | truth value | false | true = it waits to the end though failure is plain | nuclio
            spec.serviceType | ClusterIP/NodePort | ClusterIP | legacy; the http trigger's attribute wins | nuclio
            spec.securityContext | mapping | | Kubernetes' security context; containers use runAsUser, runAsGroup and fsGroup | nuclio
            spec.serviceAccount | text | the platform's | Kubernetes' service account | nuclio
            spec.deploymentStrategy | mapping | | Kubernetes' strategy | nuclio
            spec.hostIPC | truth value | false | Kubernetes: the host's IPC namespace | nuclio
            spec.devices | list of texts | | docker: `/dev/x:/dev/x:rwm` | nuclio
            spec.sidecars | list | | Kubernetes' containers beside the function | nuclio
            spec.initContainers | list | | Kubernetes' containers before the function | nuclio
            spec.affinity | mapping | the platform's | Kubernetes' affinity | nuclio
            spec.nodeSelector | mapping of texts | the platform's | Kubernetes' node labels | nuclio
            spec.nodeName | text | | Kubernetes' node | nuclio
            spec.tolerations | list | the platform's | Kubernetes' tolerations | nuclio
            spec.priorityClassName | text | the platform's | Kubernetes' priority class | nuclio
            spec.preemptionPolicy | text | the platform's | Kubernetes' preemption policy | nuclio
            spec.preemptionMode | allow/constrain/prevent/none | the platform's | whether it may run on nodes that can be taken away | nuclio
            spec.disableSensitiveFieldsMasking | truth value | false | true = secrets stay in the configuration | nuclio
            spec.dealerURI | text | | left over | kept
            spec.avatar | text | | an icon, left over | kept
            """;

    private FunctionFields() {}
}
