package io.nucleon.runtime.process;

import java.util.List;
import java.util.Map;

/** What sets one language's wrapper apart: how its process is started. Immutable. */
interface Wrapper {

    /** Interpreter and arguments; the connection's settings come by environment. */
    List<String> command();

    /** Environment beside what every wrapper gets. */
    Map<String, String> environment();

    /** Text for banners: {@code python 3.13.5}. */
    String describe();

    /** See {@link io.nucleon.runtime.FunctionRuntime#note()}. */
    default String note() {
        return "";
    }
}
