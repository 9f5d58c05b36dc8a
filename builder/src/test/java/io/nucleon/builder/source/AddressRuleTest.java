package io.nucleon.builder.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/x",
                "https://localhost/x",
                "https://127.1.2.3/x",
                "https://0.0.0.0/x",
                "https://10.1.2.3/x",
                "https://172.16.0.1/x",
                "https://192.168.1.1/x",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/x",
                "https://192.0.0.8/x",
                "https://198.18.0.1/x",
                "https://224.0.0.1/x",
                "https://255.255.255.255/x",
                "https://[::1]/x",
                "https://[::]/x",
                "https://[fe80::1]/x",
                "https://[fd00::1]/x",
                "https://[::ffff:127.0.0.1]/x",
                "https://[::ffff:10.0.0.1]/x",
                "https://[64:ff9b::7f00:1]/x",
                "https://[64:ff9b::a9fe:a9fe]/x",
                "https://[2002:7f00:1::]/x",
                "https://[::7f00:1]/x"
            })
    void refusesAddressesOfThisMachineAndOfPrivateNetworks(String address) {
        assertThatThrownBy(() -> AddressRule.PUBLIC.check(address))
                .isInstanceOfSatisfying(
                        NucleonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ADDRESS_REFUSED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.0.2.1/x",
                "ftp://192.0.2.1/x",
                "file:///etc/passwd",
                "gopher://192.0.2.1/",
                "https:///x",
                "//192.0.2.1/x",
                "jar:file:/x!/y",
                "ht tp://x",
                "https://"
            })
    void refusesWhatIsNotHttps(String address) {
        assertThatThrownBy(() -> AddressRule.PUBLIC.check(address))
                .isInstanceOfSatisfying(
                        NucleonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ADDRESS_REFUSED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "198.20.0.1", "2a00:1450:4001:830::200e"})
    void takesPublicAddresses(String address) throws UnknownHostException {
        assertThat(AddressRule.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void allowsOneHostAndPortAndNoOther() {
        AddressRule rule = new AddressRule(Set.of("127.0.0.1:8080"));

        assertThat(rule.check("http://127.0.0.1:8080/x").port()).isEqualTo(8080);
        assertThatThrownBy(() -> rule.check("http://127.0.0.1:8081/x")).hasMessageContaining("NUC-6002");
        assertThatThrownBy(() -> rule.check("http://localhost:8080/x")).hasMessageContaining("NUC-6002");
    }

    @Test
    void masksPasswordsInItsMessages() {
        assertThatThrownBy(() -> AddressRule.PUBLIC.check("http://me:hunter2@127.0.0.1/x"))
                .hasMessageContaining("me:****@")
                .hasMessageNotContaining("hunter2");
    }
}
