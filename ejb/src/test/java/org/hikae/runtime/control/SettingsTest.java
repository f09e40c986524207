package org.hikae.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void what_is_not_set_or_blank_has_the_default_of_a_development_machine() {
    Settings settings = new Settings(Map.of("HIKAE_DB_USER", " "));
    assertThat(settings.realmUrl()).isEqualTo(URI.create("http://localhost:8190/realms/hikae"));
    assertThat(settings.databaseUser()).isEqualTo("hikae_app");
    assertThat(settings.vaultSocket()).isNull();
    assertThat(settings.directoryMinutes()).isEqualTo(5);
  }

  @Test
  void what_is_set_counts() {
    Settings settings = new Settings(Map.of("HIKAE_VAULT_SOCKET", "/run/v", "HIKAE_DB_USER", "x"));
    assertThat(settings.vaultSocket()).hasToString("/run/v");
    assertThat(settings.databaseUser()).isEqualTo("x");
  }

  @Test
  void the_version_is_the_builds() {
    assertThat(Version.text()).matches("\\d+\\.\\d+\\.\\d+.*");
  }
}
