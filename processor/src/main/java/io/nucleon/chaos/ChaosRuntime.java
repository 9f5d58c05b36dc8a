package io.nucleon.chaos;

import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import java.nio.file.Path;
import java.util.Set;

/** A runtime whose workers are struck by faults; in all else the one inside. */
record ChaosRuntime(Chaos chaos, String function, FunctionRuntime inner) implements FunctionRuntime {

    @Override
    public WorkerRuntime open(int index, WorkerListener listener) {
        return new ChaosWorker(chaos, function, inner.open(index, listener));
    }

    @Override
    public void check() {
        inner.check();
    }

    @Override
    public void warm() {
        inner.warm();
    }

    @Override
    public void inherit(FunctionRuntime before) {
        inner.inherit(before instanceof ChaosRuntime other ? other.inner() : before);
    }

    @Override
    public String describe() {
        return inner.describe();
    }

    @Override
    public String note() {
        return inner.note();
    }

    @Override
    public Set<Path> files() {
        return inner.files();
    }

    @Override
    public void close() {
        inner.close();
    }
}
