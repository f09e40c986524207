package org.hikae.vault.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.hikae.vault.process.VaultConfig.ConfigException;
import org.hikae.vault.root.contract.RootLocation;
import org.hikae.vault.token.TokenBinding;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings, good and bad. */
class VaultConfigTest {

  private static Properties good() {
    Properties properties = new Properties();
    properties.setProperty("tenant", "acme-1");
    properties.setProperty("issuer", "https://sso.example.test/realms/hikae");
    properties.setProperty("jwks-url", "http://127.0.0.1:8180/certs");
    properties.setProperty("socket", "/run/hikae/vault.sock");
    properties.setProperty("allowed-uid", "1000");
    properties.setProperty("state-dir", "/var/lib/hikae-vault");
    return properties;
  }

  @Test
  void good_settings_are_read() throws ConfigException {
    VaultConfig config = VaultConfig.of(good());

    assertThat(config.tenant()).isEqualTo("acme-1");
    assertThat(config.listeners().allowedUid()).hasValue(1000);
    assertThat(config.signOn().jwksCaFile()).isEmpty();
    assertThat(config.root()).isEqualTo(new RootLocation.Software(Path.of("/var/lib/hikae-vault")));
    Properties withCa = good();
    withCa.setProperty("jwks-ca-file", "/etc/ca.pem");
    assertThat(VaultConfig.of(withCa).signOn().jwksCaFile())
        .isEqualTo(Optional.of(Path.of("/etc/ca.pem")));
  }

  @ParameterizedTest
  @CsvSource({",OPTIONAL", "optional,OPTIONAL", "required,REQUIRED"})
  @DisplayName("HK1-V-43: unbound tokens are taken until the operator says otherwise")
  void binding_is_read(String value, TokenBinding binding) throws ConfigException {
    Properties properties = good();
    if (value != null) {
      properties.setProperty("bound-tokens", value);
    }

    assertThat(VaultConfig.of(properties).signOn().binding()).isEqualTo(binding);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant", "issuer", "jwks-url", "socket", "allowed-uid", "state-dir"})
  void a_missing_setting_is_named(String name) {
    Properties properties = good();
    properties.setProperty(name, " ");

    assertThatThrownBy(() -> VaultConfig.of(properties))
        .isInstanceOf(ConfigException.class)
        .hasMessage("The setting " + name + " is missing.");
  }

  @ParameterizedTest
  @CsvSource({
    "tenant,Acme",
    "tenant,a_b",
    "issuer,sso.example.test",
    "issuer,http://sso.example.test/realms/hikae",
    "issuer,https:///realms",
    "jwks-url,http://10.0.0.1/certs",
    "jwks-url,http://localhost.evil.test/certs",
    "jwks-url,ftp://127.0.0.1/certs",
    "jwks-url,http://a b/",
    "socket,vault.sock",
    "allowed-uid,portal",
    "allowed-uid,-1",
    "allowed-uid,99999999999",
    "state-dir,state",
    "jwks-ca-file,ca.pem",
    "bound-tokens,yes",
    "bound-tokens,''",
  })
  void a_wrong_setting_is_named(String name, String value) {
    Properties properties = good();
    properties.setProperty(name, value);

    assertThatThrownBy(() -> VaultConfig.of(properties))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(name);
  }

  private static Properties elsewhere() {
    Properties properties = good();
    properties.remove("allowed-uid");
    properties.setProperty("tls-listen", "[::1]:9443");
    properties.setProperty("tls-keystore-file", "/etc/hikae-vault/tls.p12");
    properties.setProperty("tls-keystore-password-file", "/etc/hikae-vault/tls.password");
    properties.setProperty("tls-portal-certificates-file", "/etc/hikae-vault/portal.pem");
    return properties;
  }

  @Test
  @DisplayName("HK1-V-23: a portal on another host needs no user on this one")
  void a_portal_on_another_host_is_read() throws ConfigException {
    VaultConfig.Listeners listeners = VaultConfig.of(elsewhere()).listeners();

    assertThat(listeners.allowedUid()).isEmpty();
    assertThat(listeners.tls())
        .contains(
            new VaultConfig.Tls(
                "[::1]",
                9443,
                Path.of("/etc/hikae-vault/tls.p12"),
                Path.of("/etc/hikae-vault/tls.password"),
                Path.of("/etc/hikae-vault/portal.pem")));
    assertThat(VaultConfig.of(good()).listeners().tls()).isEmpty();
    Properties both = elsewhere();
    both.setProperty("allowed-uid", "7");
    assertThat(VaultConfig.of(both).listeners().allowedUid()).hasValue(7);
  }

  @ParameterizedTest
  @CsvSource({
    "tls-listen,9443",
    "tls-listen,host:99999",
    "tls-listen,a b:1",
    "tls-listen,",
    "tls-keystore-file,",
    "tls-keystore-file,tls.p12",
    "tls-keystore-password-file,",
    "tls-portal-certificates-file,",
  })
  void a_wrong_door_for_other_hosts_is_named(String name, String value) {
    Properties properties = elsewhere();
    properties.setProperty("allowed-uid", "7");
    if (value == null) {
      properties.remove(name);
    } else {
      properties.setProperty(name, value);
    }

    assertThatThrownBy(() -> VaultConfig.of(properties))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:1/x", "http://[::1]:1/x", "https://sso.example.test/x"})
  void loopback_may_be_plain(String url) throws ConfigException {
    Properties properties = good();
    properties.setProperty("jwks-url", url);

    assertThat(VaultConfig.of(properties).signOn().jwksUrl()).hasToString(url);
  }

  @Test
  void a_root_in_a_token_is_read() throws ConfigException {
    Properties properties = good();
    properties.setProperty("root", "pkcs11");
    properties.setProperty("pkcs11-library", "/usr/lib/a vendor/libtoken.so");

    assertThat(VaultConfig.of(properties).root())
        .isEqualTo(new RootLocation.Pkcs11(Path.of("/usr/lib/a vendor/libtoken.so"), 0));
    properties.setProperty("pkcs11-slot-index", "3");
    assertThat(VaultConfig.of(properties).root())
        .isEqualTo(new RootLocation.Pkcs11(Path.of("/usr/lib/a vendor/libtoken.so"), 3));
  }

  @ParameterizedTest
  @CsvSource({
    "software,/usr/lib/libtoken.so,,root=pkcs11",
    "software,,0,root=pkcs11",
    "hardware,/usr/lib/libtoken.so,,software or pkcs11",
    "pkcs11,,,pkcs11-library is missing",
    "pkcs11,libtoken.so,,absolute path",
    "pkcs11,/usr/lib/lib${x}.so,,dollar signs",
    "pkcs11,/usr/lib/lib\\x.so,,backslashes",
    "pkcs11,/usr/lib/libtoken.so,first,number from 0",
    "pkcs11,/usr/lib/libtoken.so,-1,number from 0",
  })
  void a_wrong_root_is_named(String root, String library, String slot, String sentence) {
    Properties properties = good();
    properties.setProperty("root", root);
    if (library != null) {
      properties.setProperty("pkcs11-library", library);
    }
    if (slot != null) {
      properties.setProperty("pkcs11-slot-index", slot);
    }

    assertThatThrownBy(() -> VaultConfig.of(properties))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void an_unknown_setting_is_refused() {
    Properties properties = good();
    properties.setProperty("alowed-uid", "0");

    assertThatThrownBy(() -> VaultConfig.of(properties)).hasMessageContaining("alowed-uid");
  }

  @Test
  void a_socket_path_the_kernel_would_cut_is_refused() {
    Properties properties = good();
    properties.setProperty("socket", "/" + "x".repeat(107));

    assertThatThrownBy(() -> VaultConfig.of(properties)).hasMessageContaining("107 bytes");
  }

  @Test
  void a_file_that_cannot_be_read_is_named(@TempDir Path directory) throws Exception {
    Path missing = directory.resolve("none.properties");
    Path broken = Files.writeString(directory.resolve("broken.properties"), "tenant=\\u00zz");

    assertThatThrownBy(() -> VaultConfig.read(missing)).hasMessageContaining("none.properties");
    assertThatThrownBy(() -> VaultConfig.read(broken)).hasMessageContaining("broken.properties");
  }
}
