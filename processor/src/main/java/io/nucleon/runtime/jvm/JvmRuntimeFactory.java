package io.nucleon.runtime.jvm;

import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.RuntimeFactory;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.wrapper.handler.HandlerLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs Java functions in the processor, unless {@code runtimeAttributes.isolation} is {@code process}. Safe for many threads.
 *
 * <p>What runs in process can end it ({@code System.exit}), fill its memory and read it: code that is not trusted belongs into a process
 * of its own.
 */
public final class JvmRuntimeFactory implements RuntimeFactory {

    public JvmRuntimeFactory() {}

    @Override
    public List<String> names(Path home) {
        return List.of("java");
    }

    @Override
    public boolean accepts(RuntimeSetting setting, RuntimeServices services) {
        return setting.runtime().equals("java")
                && !setting.attribute("isolation", "").equals("process");
    }

    /**
     * Compiles and loads the handler.
     *
     * @throws io.nucleon.error.NucleonException NUC-4020 to NUC-4023 when it can't be had, NUC-4033 when an attribute is wrong
     */
    @Override
    public FunctionRuntime create(RuntimeSetting setting, RuntimeServices services) {
        InProcessLimits.check(setting);
        return new JvmRuntime(setting, services, HandlerLoader.load(setting.directory(), setting.handler()));
    }
}
