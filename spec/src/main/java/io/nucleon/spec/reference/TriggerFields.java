package io.nucleon.spec.reference;

/** Fields of triggers: path, perhaps with {@code @kind}, type, default, meaning, origin. */
final class TriggerFields {
    static final String ROWS = """
            spec.triggers | mapping | | where events come from, by name | nuclio
            spec.triggers.NAME | mapping | | one source of events | nuclio
            spec.triggers.NAME.kind | text | | kind of the source: http, cron, kafka-cluster, … | nuclio
            spec.triggers.NAME.class | text | by kind | sync or async; what is written is ignored | kept
            spec.triggers.NAME.name | text | the key | must equal the key | nuclio
            spec.triggers.NAME.disabled | truth value | false | true = not started (nuclio starts it all the same) | nuclio
            spec.triggers.NAME.numWorkers | whole number | 1 | workers, each with one event at a time | nuclio
            spec.triggers.NAME.maxWorkers | whole number | | older name of numWorkers | nuclio
            spec.triggers.NAME.workerAvailabilityTimeoutMilliseconds | whole number | 10000 | how long an event waits for a worker; 0 = fails at once | nuclio
            spec.triggers.NAME.workerTerminationTimeout | duration | 10s | grace of a worker on drain and at the end | nuclio
            spec.triggers.NAME.workerAllocatorName | text | | triggers that name the same share one pool | nuclio
            spec.triggers.NAME.url | text | http: :8080 | address to listen on, or of the broker | nuclio
            spec.triggers.NAME.paths | list of texts | | by kind | nuclio
            spec.triggers.NAME.username | text | | to sign in with | nuclio
            spec.triggers.NAME.password | text | | to sign in with | nuclio
            spec.triggers.NAME.secret | text | | by kind | nuclio
            spec.triggers.NAME.annotations | mapping of texts | | for ingresses, host ports and kafka | nuclio
            spec.triggers.NAME.mode | sync/async | sync | async = a worker has several events open at once | nuclio
            spec.triggers.NAME.async | mapping | | settings of `mode: async` | nuclio
            spec.triggers.NAME.async.maxConnectionsNumber | whole number | 16 | events in flight per worker (nuclio: sockets, 1000) | nuclio
            spec.triggers.NAME.async.minConnectionsNumber | whole number | 0 | means nothing to a ring | kept
            spec.triggers.NAME.async.connectionAvailabilityTimeout | duration | 10s | how long an event waits for a free place | nuclio
            spec.triggers.NAME.async.connectionCreationMode | static/dynamic | static | means nothing to a ring | kept
            spec.triggers.NAME.async.establishConnectionTimeout | duration | 3 × readiness timeout | budget of a slow init hook | nuclio
            spec.triggers.NAME.batch | mapping | | several events at once; http triggers of python functions | nuclio
            spec.triggers.NAME.batch.mode | disable/enable | disable | whether events are gathered | nuclio
            spec.triggers.NAME.batch.batchSize | whole number | 10 | most events of a batch | nuclio
            spec.triggers.NAME.batch.timeout | duration | 1s | longest wait for a batch to fill | nuclio
            spec.triggers.NAME.explicitAckMode | disable/enable/explicitOnly | disable | streams: whether handlers ack | nuclio
            spec.triggers.NAME.waitExplicitAckDuringRebalanceTimeout | duration | 100ms | how long late acks are waited for | nuclio
            spec.triggers.NAME.retry | mapping | | when an event that failed is tried again; durable sources | nucleon
            spec.triggers.NAME.retry.maxAttempts | whole number | 5 | tries in all | nucleon
            spec.triggers.NAME.retry.backoff | duration | 1s | wait before the second try, doubled for each further one | nucleon
            spec.triggers.NAME.retry.maxBackoff | duration | 1m | longest wait | nucleon
            spec.triggers.NAME.retry.jitter | number | 0.2 | part of the wait that is random, 0 to 1 | nucleon
            spec.triggers.NAME.retry.onStatus | list of whole numbers | | answers that count as failed, such as [500] | nucleon
            spec.triggers.NAME.deadLetter | text | journal | where events go that can't be processed: journal, topic:NAME, queue:NAME, function:NAME | nucleon
            spec.triggers.NAME.ordering | partition/key/none | partition | which events of an ordered source wait for one another | nucleon
            spec.triggers.NAME.partitions | list | | left over | kept
            spec.triggers.NAME.partitions[].id | text | | left over | kept
            spec.triggers.NAME.partitions[].checkpoint | text | | left over | kept
            spec.triggers.NAME.total_tasks | whole number | 0 | left over from nuclio's dealer | kept
            spec.triggers.NAME.max_task_allocation | whole number | 0 | left over from nuclio's dealer | kept
            spec.triggers.NAME.attributes | mapping | | of the kind | nuclio
            spec.triggers.NAME.attributes.mode@http | sync/async | sync | older place of `mode` | nuclio
            spec.triggers.NAME.attributes.port@http | whole number | chosen | port outside the container | nuclio
            spec.triggers.NAME.attributes.readBufferSize@http | whole number | 16384 | bytes; also the limit on request line and headers | nuclio
            spec.triggers.NAME.attributes.maxRequestBodySize@http | whole number | 4194304 | bytes; one more is refused with 400 | nuclio
            spec.triggers.NAME.attributes.reduceMemoryUsage@http | truth value | false | keeps no buffers of idle connections | nuclio
            spec.triggers.NAME.attributes.disablePortPublishing@http | truth value | false | no port outside the container | nuclio
            spec.triggers.NAME.attributes.serviceType@http | ClusterIP/NodePort | ClusterIP | Kubernetes' service type | nuclio
            spec.triggers.NAME.attributes.ingresses@http | mapping | | hosts and paths on Kubernetes, by name | nuclio
            spec.triggers.NAME.attributes.ingresses.NAME.host@http | text | | host name | nuclio
            spec.triggers.NAME.attributes.ingresses.NAME.hostTemplate@http | text | | template of the host name; `@nuclio.fromDefault` takes the platform's | nuclio
            spec.triggers.NAME.attributes.ingresses.NAME.hostTemplateRandomCharsLength@http | whole number | 8 | suffix of shortened labels; -1 = never shortened | nuclio
            spec.triggers.NAME.attributes.ingresses.NAME.paths@http | list of texts | [/] | paths, as templates | nuclio
            spec.triggers.NAME.attributes.ingresses.NAME.pathType@http | text | ImplementationSpecific | Kubernetes' path type | nuclio
            spec.triggers.NAME.attributes.ingresses.NAME.secretName@http | text | | secret with the certificate | nuclio
            spec.triggers.NAME.attributes.cors@http | mapping | | cross-origin rules | nuclio
            spec.triggers.NAME.attributes.cors.enabled@http | truth value | false | whether they hold | nuclio
            spec.triggers.NAME.attributes.cors.allowOrigins@http | list of texts | ["*"] | origins that may call | nuclio
            spec.triggers.NAME.attributes.cors.allowMethods@http | list of texts | HEAD GET POST PUT DELETE OPTIONS PATCH | methods that may be used | nuclio
            spec.triggers.NAME.attributes.cors.allowHeaders@http | list of texts | Accept Content-Length Content-Type Authorization X-Nuclio-Log-Level | headers that may be sent | nuclio
            spec.triggers.NAME.attributes.cors.exposeHeaders@http | list of texts | | headers that may be read | nuclio
            spec.triggers.NAME.attributes.cors.allowCredentials@http | truth value | false | whether cookies may be sent | nuclio
            spec.triggers.NAME.attributes.cors.preflightMaxAgeSeconds@http | whole number | 5 | how long a browser keeps the answer | nuclio
            spec.triggers.NAME.attributes.cors.preflightRequestMethod@http | text | OPTIONS | method of preflight requests (nuclio drops it) | nuclio
            """;

    private TriggerFields() {}
}
