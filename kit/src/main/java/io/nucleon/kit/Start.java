package io.nucleon.kit;

import java.nio.channels.FileChannel;

/** How a worker is started for one check; what is not said is as usual. Confined to one thread. */
final class Start {

    /** Changes the segment before the worker sees it. */
    @FunctionalInterface
    interface Spoiler {
        void spoil(FileChannel segment) throws java.io.IOException;
    }

    private String handler = "";
    private String triggerKind = "http";
    private String triggerName = "checker-http";
    private boolean asynchronous;
    private boolean view;
    private boolean byPath;
    private boolean behindAnother;
    private boolean cutHello;
    private int major = 1;
    private Spoiler spoiler = segment -> {};

    /** Another handler than the checker's. */
    Start handler(String newHandler) {
        handler = newHandler;
        return this;
    }

    /** Works for this trigger, as HELLO's {@code trigger} says; without a kind for a pool of that name which triggers share. */
    Start trigger(String kind, String name) {
        triggerKind = kind;
        triggerName = name;
        return this;
    }

    /** With {@code mode: async}, so many events in flight as the processor has by default. */
    Start asynchronous() {
        asynchronous = true;
        return this;
    }

    /** With {@code body: view}. */
    Start view() {
        view = true;
        return this;
    }

    /** The segment is a file that HELLO names. */
    Start byPath() {
        byPath = true;
        return this;
    }

    /** The worker's parent is a process of its own, which {@link WrapperProcess#kill} ends. */
    Start behindAnother() {
        behindAnother = true;
        return this;
    }

    /** HELLO's JSON breaks off. */
    Start cutHello() {
        cutHello = true;
        return this;
    }

    /** Another major version of the protocol. */
    Start major(int newMajor) {
        major = newMajor;
        return this;
    }

    Start spoiled(Spoiler newSpoiler) {
        spoiler = newSpoiler;
        return this;
    }

    String handler() {
        return handler;
    }

    String triggerKind() {
        return triggerKind;
    }

    String triggerName() {
        return triggerName;
    }

    boolean isAsynchronous() {
        return asynchronous;
    }

    boolean isView() {
        return view;
    }

    boolean isByPath() {
        return byPath;
    }

    boolean isBehindAnother() {
        return behindAnother;
    }

    boolean isHelloCut() {
        return cutHello;
    }

    int major() {
        return major;
    }

    Spoiler spoiler() {
        return spoiler;
    }
}
