package org.hikae.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.runtime.control.BucketAddress;
import org.hikae.runtime.control.CiphertextStoreKind;
import org.hikae.runtime.control.PortalVersion;
import org.hikae.runtime.control.SmtpAddress;
import org.hikae.runtime.control.VaultAddress;
import org.hikae.runtime.control.WebhookAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @Test
  void what_is_not_set_or_blank_has_the_default_of_a_development_machine() {
    Settings settings = new Settings(Map.of("HIKAE_DB_USER", " "));
    assertThat(settings.realmUrl()).isEqualTo(URI.create("http://localhost:8190/realms/hikae"));
    assertThat(settings.databaseUser()).isEqualTo("hikae_app");
    assertThat(settings.vaultSocket()).isNull();
    assertThat(settings.directoryMinutes()).isEqualTo(4);
  }

  @Test
  void a_portal_alone_is_no_part_of_a_cluster_and_watches_no_file() {
    Settings alone = new Settings(Map.of("HIKAE_CLUSTER_ADDRESS", ""));
    assertThat(alone.isOneOfSeveral()).isFalse();
    assertThat(alone.drainFile()).isNull();
    Settings several =
        new Settings(
            Map.of("HIKAE_CLUSTER_ADDRESS", "10.0.0.1", "HIKAE_DRAIN_FILE", "/run/draining"));
    assertThat(several.isOneOfSeveral()).isTrue();
    assertThat(several.drainFile()).isEqualTo(Path.of("/run/draining"));
  }

  @Test
  void connections_of_the_database_are_the_servers() {
    assertThat(new Settings(Map.of()).databaseConnections()).isEqualTo(20);
    assertThat(new Settings(Map.of("HIKAE_DB_POOL", "7")).databaseConnections()).isEqualTo(7);
    assertThatThrownBy(new Settings(Map.of("HIKAE_DB_POOL", "no"))::databaseConnections)
        .hasMessageContaining("HIKAE_DB_POOL");
  }

  private static Settings bucket(Map<String, String> more) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "HIKAE_STORE", "s3",
                "HIKAE_S3_ENDPOINT", "https://s3.example.org",
                "HIKAE_S3_BUCKET", "hikae",
                "HIKAE_S3_CREDENTIALS", "/etc/hikae/s3"));
    environment.putAll(more);
    return new Settings(environment);
  }

  @Test
  void objects_go_into_a_bucket_that_is_told() {
    BucketAddress address = bucket(Map.of()).bucket();
    assertThat(address)
        .isEqualTo(
            new BucketAddress(
                URI.create("https://s3.example.org"),
                "us-east-1",
                "hikae",
                "",
                true,
                new BucketAddress.Login.InFile(Path.of("/etc/hikae/s3")),
                null,
                30));
    assertThat(bucket(Map.of()).store()).isEqualTo(CiphertextStoreKind.S3);
    assertThat(bucket(Map.of()).storesBesideDatabase()).isTrue();
    assertThat(new Settings(Map.of()).bucket()).isNull();
    BucketAddress other =
        bucket(
                Map.of(
                    "HIKAE_STORE", "database",
                    "HIKAE_S3_ENDPOINT", "http://localhost:9000",
                    "HIKAE_S3_REGION", "ap-northeast-1",
                    "HIKAE_S3_PREFIX", "tokyo/portal/",
                    "HIKAE_S3_PATH_STYLE", "false",
                    "HIKAE_S3_CREDENTIALS", "",
                    "HIKAE_S3_ACCESS_KEY", "key",
                    "HIKAE_S3_SECRET_KEY", "a secret",
                    "HIKAE_S3_CA_FILE", "/etc/hikae/ca.pem",
                    "HIKAE_S3_SECONDS", "5"))
            .bucket();
    assertThat(other)
        .isEqualTo(
            new BucketAddress(
                URI.create("http://localhost:9000"),
                "ap-northeast-1",
                "hikae",
                "tokyo/portal/",
                false,
                new BucketAddress.Login.Pair("key", "a secret"),
                Path.of("/etc/hikae/ca.pem"),
                5));
    assertThat(String.valueOf(other)).doesNotContain("a secret");
    assertThat(new BucketAddress.Login.Pair("key", "a secret").toString())
        .doesNotContain("a secret");
  }

  @Test
  void a_bucket_that_is_told_wrongly_keeps_the_portal_from_starting() {
    Map<String, String> wrong =
        Map.ofEntries(
            Map.entry("HIKAE_S3_BUCKET", ""),
            Map.entry("HIKAE_S3_ENDPOINT", ""),
            Map.entry("HIKAE_S3_PREFIX", "portal"),
            Map.entry("HIKAE_S3_PATH_STYLE", "yes"),
            Map.entry("HIKAE_S3_CREDENTIALS", ""),
            Map.entry("HIKAE_S3_ACCESS_KEY", "beside the file"),
            Map.entry("HIKAE_S3_CA_FILE", "ca.pem"),
            Map.entry("HIKAE_S3_SECONDS", "0"));
    wrong.forEach(
        (name, value) ->
            assertThatThrownBy(bucket(Map.of(name, value))::bucket)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(name));
    for (String endpoint :
        List.of(
            "http://s3.example.org",
            "s3.example.org",
            "https://key:secret@s3.example.org",
            "https://s3.example.org/hikae",
            "https://not an address")) {
      assertThatThrownBy(bucket(Map.of("HIKAE_S3_ENDPOINT", endpoint))::bucket)
          .as(endpoint)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("HIKAE_S3_ENDPOINT");
    }
    assertThatThrownBy(bucket(Map.of("HIKAE_S3_BUCKET", "No_Bucket"))::bucket)
        .hasMessageContaining("HIKAE_S3_BUCKET");
  }

  @Test
  void objects_go_into_the_database_unless_a_folder_is_asked_for() {
    Settings none = new Settings(Map.of());
    assertThat(none.store()).isEqualTo(CiphertextStoreKind.DATABASE);
    assertThat(none.storesBesideDatabase()).isFalse();
    assertThat(none.storeFolder()).isNull();
    Settings files =
        new Settings(Map.of("HIKAE_STORE", "files", "HIKAE_STORE_FOLDER", "/srv/hikae"));
    assertThat(files.store()).isEqualTo(CiphertextStoreKind.FILES);
    assertThat(files.storesBesideDatabase()).isTrue();
    assertThat(files.storeFolder()).isEqualTo(Path.of("/srv/hikae"));
    Settings back =
        new Settings(Map.of("HIKAE_STORE", "database", "HIKAE_STORE_FOLDER", "/srv/hikae"));
    assertThat(back.store()).isEqualTo(CiphertextStoreKind.DATABASE);
    assertThat(back.storeFolder()).isEqualTo(Path.of("/srv/hikae"));
    for (Map<String, String> wrong :
        List.of(
            Map.of("HIKAE_STORE", "file"),
            Map.of("HIKAE_STORE", "files"),
            Map.of("HIKAE_STORE", "files", "HIKAE_STORE_FOLDER", "srv/hikae"))) {
      assertThatThrownBy(new Settings(wrong)::storeFolder)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("HIKAE_STORE");
    }
  }

  @Test
  void packages_lie_at_an_absolute_path_and_the_contact_is_a_line() {
    Settings none = new Settings(Map.of());
    assertThat(none.packageFolder()).isNull();
    assertThat(none.caFile()).isNull();
    assertThat(none.helpContact()).isEmpty();
    Settings set =
        new Settings(
            Map.of(
                "HIKAE_PACKAGES", "/srv/packages",
                "HIKAE_CA_FILE", "/etc/hikae/ca.pem",
                "HIKAE_HELP_CONTACT", " Help desk, extension 1234 "));
    assertThat(set.packageFolder()).isEqualTo(Path.of("/srv/packages"));
    assertThat(set.caFile()).isEqualTo(Path.of("/etc/hikae/ca.pem"));
    assertThat(set.helpContact()).isEqualTo("Help desk, extension 1234");
    assertThatThrownBy(new Settings(Map.of("HIKAE_PACKAGES", "packages"))::packageFolder)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("HIKAE_PACKAGES");
    String key = "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    assertThat(new Settings(Map.of()).packageKey()).isNull();
    assertThat(new Settings(Map.of("HIKAE_PACKAGES_KEY", key + "\n")).packageKey()).isNotNull();
    for (String wrong : List.of("x", key.substring(4), "!" + key)) {
      assertThatThrownBy(new Settings(Map.of("HIKAE_PACKAGES_KEY", wrong))::packageKey)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("HIKAE_PACKAGES_KEY");
    }
    for (String wrong : List.of("x".repeat(201), "one\ntwo")) {
      assertThatThrownBy(new Settings(Map.of("HIKAE_HELP_CONTACT", wrong))::helpContact)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("HIKAE_HELP_CONTACT")
          .hasMessageNotContaining(wrong);
    }
  }

  @Test
  void the_monitoring_systems_token_is_long_or_absent() {
    String token = "0123456789abcdef0123456789abcdef";
    assertThat(new Settings(Map.of()).metricsToken()).isEmpty();
    assertThat(new Settings(Map.of("HIKAE_METRICS_TOKEN", token)).metricsToken()).isEqualTo(token);
    Settings wrong = new Settings(Map.of("HIKAE_METRICS_TOKEN", token.substring(1)));
    assertThatThrownBy(wrong::metricsToken)
        .hasMessageContaining("HIKAE_METRICS_TOKEN")
        .hasMessageNotContaining(token.substring(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://localhost:8443/",
        "https://LOCALHOST",
        "https://127.0.0.1/",
        "https://[::1]/"
      })
  void on_a_development_machine_passwords_may_be_left_out(String url) {
    assertThatCode(new Settings(Map.of("HIKAE_PORTAL_URL", url))::requireOwnPasswords)
        .doesNotThrowAnyException();
    assertThatCode(new Settings(Map.of())::requireOwnPasswords).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://backup.example.test/",
        "https://localhost.example.test/",
        "https://127.0.0.1.example.test/",
        "https://10.0.0.1/",
        "https://[2001:db8::1]/",
        "backup.example.test"
      })
  void nowhere_else_does_a_portal_start_with_passwords_that_everybody_can_read(String url) {
    Map<String, String> own = new HashMap<>();
    own.put("HIKAE_PORTAL_URL", url);
    own.put("HIKAE_DB_PASSWORD", "one");
    own.put("HIKAE_DB_OWNER_PASSWORD", "two");
    own.put("HIKAE_TLS_KEYSTORE_PASSWORD", "three");
    assertThatCode(new Settings(own)::requireOwnPasswords).doesNotThrowAnyException();
    Map<String, String> known =
        Map.of(
            "HIKAE_DB_PASSWORD", "hikae_app",
            "HIKAE_DB_OWNER_PASSWORD", "hikae_owner",
            "HIKAE_TLS_KEYSTORE_PASSWORD", "changeit");
    known.forEach(
        (name, password) -> {
          for (String wrong : List.of(password, "")) {
            Map<String, String> one = new HashMap<>(own);
            one.put(name, wrong);
            assertThatThrownBy(new Settings(one)::requireOwnPasswords)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Set " + name + ";");
          }
        });
  }

  @Test
  void what_is_set_counts() {
    Settings settings = new Settings(Map.of("HIKAE_VAULT_SOCKET", "/run/v", "HIKAE_DB_USER", "x"));
    assertThat(settings.vaultSocket()).hasToString("/run/v");
    assertThat(settings.databaseUser()).isEqualTo("x");
  }

  @Test
  void a_vault_on_another_host_needs_all_its_settings() {
    Map<String, String> all =
        Map.of(
            "HIKAE_VAULT_ADDRESS", "vault.example.test:9443",
            "HIKAE_VAULT_KEYSTORE", "/etc/portal.p12",
            "HIKAE_VAULT_KEYSTORE_PASSWORD", "do not print",
            "HIKAE_VAULT_CERTIFICATES", "/etc/vault.pem");
    VaultAddress address = new Settings(all).vaultAddress();
    assertThat(address.host()).isEqualTo("vault.example.test");
    assertThat(address.port()).isEqualTo(9443);
    assertThat(address.toString()).doesNotContain("do not print");
    assertThat(new Settings(Map.of()).vaultAddress()).isNull();

    for (String name : all.keySet()) {
      Map<String, String> wrong = new HashMap<>(all);
      wrong.put(name, name.equals("HIKAE_VAULT_ADDRESS") ? "vault" : "");
      assertThatThrownBy(() -> new Settings(wrong).vaultAddress())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(name);
    }
    Map<String, String> both = new HashMap<>(all);
    both.put("HIKAE_VAULT_SOCKET", "/run/v");
    assertThatThrownBy(() -> new Settings(both).vaultAddress())
        .hasMessageContaining("HIKAE_VAULT_SOCKET");
  }

  @Test
  void mail_needs_a_host_and_sends_no_password_in_clear() {
    assertThat(new Settings(Map.of()).smtp()).isNull();
    Map<String, String> all =
        Map.of(
            "HIKAE_SMTP_HOST", "mail.example.test",
            "HIKAE_SMTP_USER", "hikae",
            "HIKAE_SMTP_PASSWORD", "do not print",
            "HIKAE_PORTAL_URL", "https://backup.example.test/");
    SmtpAddress smtp = new Settings(all).smtp();
    assertThat(smtp.port()).isEqualTo(587);
    assertThat(smtp.security()).isEqualTo(SmtpAddress.Security.STARTTLS);
    assertThat(smtp.from()).isEqualTo("hikae@backup.example.test");
    assertThat(smtp.toString()).doesNotContain("do not print");
    Map<String, String> wrong = Map.of("SECURITY", "none", "PORT", "0", "FROM", "a@b, c@d");
    wrong.forEach(
        (name, value) -> {
          Map<String, String> settings = new HashMap<>(all);
          settings.put("HIKAE_SMTP_" + name, value);
          assertThatThrownBy(() -> new Settings(settings).smtp())
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("HIKAE_SMTP_" + name);
        });
  }

  @Test
  void a_webhook_is_over_tls_or_on_this_machine_and_has_a_secret() {
    assertThat(new Settings(Map.of()).webhook()).isNull();
    String secret = "x".repeat(32);
    for (String url :
        List.of("https://hooks.example.test/a?b", "http://localhost:1/", "http://[::1]/")) {
      WebhookAddress webhook = new Settings(webhook(url, secret)).webhook();
      assertThat(webhook.url()).hasToString(url);
      assertThat(webhook.toString()).doesNotContain(secret);
    }
    for (String url :
        List.of(
            "http://hooks.example.test/", "ftp://localhost/", "https://", "https://a@b/", "x y")) {
      assertThatThrownBy(() -> new Settings(webhook(url, secret)).webhook())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("HIKAE_WEBHOOK_URL");
    }
    assertThatThrownBy(() -> new Settings(webhook("https://a/", "short")).webhook())
        .hasMessageContaining("HIKAE_WEBHOOK_SECRET");
  }

  private static Map<String, String> webhook(String url, String secret) {
    return Map.of("HIKAE_WEBHOOK_URL", url, "HIKAE_WEBHOOK_SECRET", secret);
  }

  @Test
  void numbers_have_bounds_which_are_told_with_the_name() {
    Settings defaults = new Settings(Map.of());
    assertThat(defaults.scrubMinutes()).isEqualTo(60);
    assertThat(defaults.adminRequestsPerMinute()).isEqualTo(600);
    assertThat(new Settings(Map.of("HIKAE_ADMIN_REQUESTS", "0")).adminRequestsPerMinute()).isZero();
    assertThat(defaults.scrubSeconds()).isEqualTo(600);
    assertThat(defaults.scrubBytesPerSecond()).isEqualTo(50_000_000);
    assertThat(defaults.scrubDays()).isEqualTo(7);
    Settings fastest = new Settings(Map.of("HIKAE_SCRUB_MEGABYTES", "100000"));
    assertThat(fastest.scrubBytesPerSecond()).isEqualTo(100_000_000_000L);
    for (String wrong : new String[] {"-1", "86401", "99999999999", "x"}) {
      assertThatThrownBy(() -> new Settings(Map.of("HIKAE_SCRUB_SECONDS", wrong)).scrubSeconds())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("HIKAE_SCRUB_SECONDS must be a number from 1 to 86400.");
    }
  }

  @Test
  void the_version_is_the_builds() {
    assertThat(PortalVersion.text()).matches("\\d+\\.\\d+\\.\\d+.*");
  }
}
