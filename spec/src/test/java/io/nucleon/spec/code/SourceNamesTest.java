package io.nucleon.spec.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.spec.RuntimeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SourceNamesTest {
    @Test
    void findsPythonsTopLevelFunctions() {
        String source = """
                '''
                def no(context, event): pass
                '''
                def init_context(context): pass
                async def load(
                    context,
                    event: dict[str, int],
                    *,
                    retries=3,
                ):
                    def inner(a, b): pass
                # def commented(a, b): pass
                def one(x): pass
                """;

        var found = found(source, "python");

        assertThat(found.all()).containsExactly("init_context", "load", "one");
        assertThat(found.handlers()).containsExactly("load");
    }

    @Test
    void findsJavaScriptsExports() {
        String source = """
                /* exports.no = 1
                 exports.never = 2 */
                exports.handler = function (context, event) {};
                module.exports.other = 1;
                export const third = async () => {};
                export async function fourth(context, event) {}
                module.exports = {
                  fifth,
                  sixth: function () { return 1 },
                };
                // exports.commented = 1
                """;

        assertThat(found(source, "nodejs").all())
                .containsExactly("handler", "other", "third", "fourth", "fifth", "sixth");
    }

    @Test
    void findsJavasEventHandlers() {
        String source = """
                package com.example;
                import io.nuclio.*;
                public class Reverser
                        implements Runnable, EventHandler {
                    static class Other implements Runnable {}
                }
                """;

        var found = found(source, "java");

        assertThat(found.all()).containsExactly("com.example.Reverser", "com.example.Other");
        assertThat(found.handlers()).containsExactly("com.example.Reverser");
    }

    @Test
    void findsCSharpsMethods() {
        String source = """
                using System;
                namespace Shop.Bills
                {
                  public class Bill
                  {
                    public object Write(Nuclio.Sdk.Context context, Event ev) { return ""; }
                    public async Task<string> Later(Context context, Event ev) { return ""; }
                    private object Not(Context context, Event ev) { return ""; }
                    public void InitContext(Context context) { }
                  }
                }
                """;

        assertThat(found(source, "dotnetcore").handlers())
                .containsExactly("Shop.Bills.Bill:Write", "Shop.Bills.Bill:Later");
    }

    @Test
    @Timeout(10)
    void staysQuickOnHostileText() {
        String source = ("public class " + "a ".repeat(900) + "\n").repeat(2000) + "export {" + "a,".repeat(500_000);

        assertThat(found(source, "java").all()).isEmpty();
        assertThat(found(source, "nodejs").all()).isEmpty();
        assertThat(found("def a(" + "(".repeat(500_000), "python").all()).isEmpty();
    }

    private static SourceNames.Found found(String source, String runtime) {
        return SourceNames.of(source, RuntimeName.parse(runtime));
    }
}
