package io.nucleon.command;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Every verb, with what its help says. The flags are the annotations of its options. */
public enum Verb {
    NEW(
            "new",
            Group.START,
            "write a function that runs as it is",
            "nucleon new orders --trigger kafka",
            "nucleon new hello --runtime nodejs --template async",
            "5 6",
            "{function,folder,files[]}"),
    TEMPLATES(
            "templates",
            Group.START,
            "what new can write: built in, or pulled from elsewhere",
            "nucleon templates show async --runtime nodejs",
            "nucleon templates pull ./shop --as team-shop",
            "3 4 5 6 69",
            "list, pull: {items[]}; show: {name,files{}}"),
    RUN(
            "run",
            Group.START,
            "serve functions on this machine",
            "nucleon run orders",
            "nucleon run main.py --port 0",
            "3 4 5 69",
            "one object a line: ready, then event, reload, chaos, at the end drain"),
    INVOKE(
            "invoke",
            Group.TRY,
            "call a function",
            "nucleon invoke orders -b '{\"id\":7}'",
            "nucleon invoke ./orders -p '/?id=7' --fail",
            "1 6 22 28 69",
            "{status,headers,body|bodyBase64,ms{},event}"),
    EVENTS(
            "events",
            Group.TRY,
            "make, send, keep and show events of any kind of trigger",
            "nucleon events send kafka orders --set value.id=42 --key eu",
            "nucleon events dead list orders",
            "1 5 6 28 69",
            "{items[]} / the event / send: one object a line: {event,source,state,ack,tries,ms{},status,…}"),
    REPLAY(
            "replay",
            Group.TRY,
            "send dead letters and recorded events again",
            "nucleon replay orders --dead",
            "nucleon replay monday.ndjson orders --diff",
            "1 5 6 28 69 99",
            "{items[],done,same,different,failed,notSent}"),
    TEST(
            "test",
            Group.TRY,
            "run the test cases beside a function",
            "nucleon test orders",
            "nucleon test orders --record refund -b '{\"id\":7}'",
            "1 3 4 5 6 69",
            "{cases[{file,line,name,state,ms,problems[]}],passed,failed,skipped}"),
    BENCH(
            "bench",
            Group.MEASURE,
            "load a function and explain the latency",
            "nucleon bench orders --rate 2000 --save main",
            "nucleon bench http://127.0.0.1:8080 --count 10000 --fail-if 'p99>5ms'",
            "1 3 5 6 69 99",
            "the whole result, as --save keeps it"),
    CONFORMANCE(
            "conformance",
            Group.MEASURE,
            "check a language's wrapper against the protocol",
            "nucleon conformance wrappers/ruby",
            "nucleon conformance --wrapper 'lua wrapper.lua' --functions checker",
            "1 5 6",
            "{wrapper,language,version,rules[{rule,transport,state,sent,came,…}],passed,failed,notOffered}"),
    BUILD(
            "build",
            Group.SHIP,
            "make a portable folder or an image",
            "nucleon build orders",
            "nucleon build orders --format oci-tar",
            "3 4 5 6 28 69",
            "{function,image,artifact,digest,steps[{name,ms,cached}]}"),
    DEPLOY(
            "deploy",
            Group.SHIP,
            "build, start, wait until ready, take over",
            "nucleon deploy orders",
            "nucleon deploy orders --rollback",
            "1 3 4 5 6 28 69 99",
            "{function,version,url,steps[{name,ms,cached}]}"),
    DELETE(
            "delete",
            Group.SHIP,
            "end deployed functions and remove what there is of them",
            "nucleon delete orders",
            "nucleon delete function orders -y",
            "5 6 69",
            "{items[]}"),
    PROCESSOR(
            "processor",
            Group.SHIP,
            "serve one function, as images do",
            "nucleon processor --config processor.yaml",
            "nucleon processor --list-runtimes",
            "3 4 5 69",
            ""),
    LIST(
            "list",
            Group.LOOK,
            "functions, their triggers, projects; templates, events",
            "nucleon list --watch",
            "nucleon list -o name | xargs -n1 nucleon get -o yaml",
            "5 6 69",
            "{items[]}"),
    GET(
            "get",
            Group.LOOK,
            "a function, a project or all settings in full",
            "nucleon get orders -o json",
            "nucleon get config",
            "5 6 69",
            "{name,state,url,triggers[],workers[],success,…}; config: {items[{key,values[],origin,file,line}]}"),
    LOGS(
            "logs",
            Group.LOOK,
            "what functions logged and printed",
            "nucleon logs orders --follow",
            "nucleon logs --level warn --since 10m",
            "5 6 69",
            "one object a line: {number,time,function,level,worker,event,message,with}"),
    DOCTOR(
            "doctor",
            Group.LOOK,
            "what this machine has, and what that keeps from running",
            "nucleon doctor",
            "nucleon doctor --strict -o json",
            "99",
            "{checks[{name,ok,found,code,blocks}]}"),
    EXPLAIN(
            "explain",
            Group.LOOK,
            "the page of an error code or of a field of function.yaml",
            "nucleon explain last",
            "nucleon explain NUC-4021",
            "6",
            "{code,title,exit,httpStatus,text}"),
    HELP("help", Group.LOOK, "a verb in full, or a topic", "nucleon help run", "nucleon help exit-codes", "6", ""),
    COMPLETION(
            "completion",
            Group.LOOK,
            "the completion script of a shell",
            "source <(nucleon completion bash)",
            "nucleon completion fish | source",
            "",
            ""),
    VERSION(
            "version",
            Group.LOOK,
            "versions of product, Java, wire protocol and nuclio",
            "nucleon version",
            "nucleon version -o json",
            "",
            "{version,commit,java,wire,nuclio}");

    /** What a user is about to do. */
    public enum Group {
        START("Start"),
        TRY("Try"),
        MEASURE("Measure"),
        SHIP("Ship"),
        LOOK("Look");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        /** The word that heads its verbs. */
        public String title() {
            return title;
        }
    }

    private final String word;
    private final Group group;
    private final String summary;
    private final String example;
    private final String otherExample;
    private final String exits;
    private final String json;

    Verb(String word, Group group, String summary, String example, String otherExample, String exits, String json) {
        this.word = word;
        this.group = group;
        this.summary = summary;
        this.example = example;
        this.otherExample = otherExample;
        this.exits = exits;
        this.json = json;
    }

    /** The verb of that word. */
    public static Optional<Verb> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word.equals(word)).findFirst();
    }

    /** All words, in the order of the help. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Verb::word).toList();
    }

    /** As it is typed. */
    public String word() {
        return word;
    }

    /** What a user is about to do with it. */
    public Group group() {
        return group;
    }

    /** A few words. */
    public String summary() {
        return summary;
    }

    /** Two lines that can be pasted. */
    public List<String> examples() {
        return List.of(example, otherExample);
    }

    /** Exit codes besides those that every verb has; may be empty. */
    public String exits() {
        return exits;
    }

    /** What {@code -o json} gives; empty if it changes nothing. */
    public String json() {
        return json;
    }

    /** Fresh options with their defaults. */
    public VerbOptions options() {
        return switch (this) {
            case NEW -> new NewOptions();
            case TEMPLATES -> new TemplatesOptions();
            case RUN -> new RunOptions();
            case INVOKE -> new InvokeOptions();
            case EVENTS -> new EventsOptions();
            case REPLAY -> new ReplayOptions();
            case TEST -> new TestOptions();
            case BENCH -> new BenchOptions();
            case CONFORMANCE -> new ConformanceOptions();
            case BUILD -> new BuildOptions();
            case DEPLOY -> new DeployOptions();
            case DELETE -> new DeleteOptions();
            case PROCESSOR -> new ProcessorOptions();
            case LIST -> new LookOptions.ListFunctions();
            case GET -> new LookOptions.Get();
            case LOGS -> new LogsOptions();
            case DOCTOR -> new LookOptions.Doctor();
            case EXPLAIN -> new PageOptions.Explain();
            case HELP -> new PageOptions.Help();
            case COMPLETION -> new PageOptions.Completion();
            case VERSION -> new VerbOptions.None();
        };
    }
}
