package io.nucleon.builder.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.spec.FunctionReader;
import org.junit.jupiter.api.Test;

class SecretMaskTest {

    @Test
    void masksTheFunctionsSecretsPlainAndInBase64AndPasswordsInAddresses() {
        String file = """
                spec:
                  runtime: python
                  handler: main:handler
                  env: [{name: DB_PASSWORD, value: hunter2hunter2}, {name: PLAIN, value: visible}]
                  build:
                    codeEntryAttributes: {password: correct-horse, headers: {Authorization: Bearer abcdef}}
                """;
        SecretMask mask =
                SecretMask.of(FunctionReader.read(file, "function.yaml").asFarAsRead());

        assertThat(
                        mask.mask(
                                "x hunter2hunter2 correct-horse Bearer abcdef visible https://me:pw@host/ aHVudGVyMmh1bnRlcjI="))
                .isEqualTo("x **** **** **** visible https://me:****@host/ ****");
    }
}
