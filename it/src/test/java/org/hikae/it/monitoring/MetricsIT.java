package org.hikae.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.ResticHttpClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The figures that the portal tells a monitoring system. Time budget: 60 seconds. */
@EveryThirdRun
class MetricsIT {

  /** Figures of the database are read twice a minute. */
  private static final Duration SOON = Duration.ofSeconds(90);

  private static final Pattern NAME = Pattern.compile("hikae_[a-z_]+");
  private static final String REQUESTS = "hikae_http_request_seconds_count";
  private static final String OBJECT = "route=\"/api/v1/device/objects/{name}\"";
  private static final String RESTIC = "route=\"/api/restic/{repository}/{type}/{name}\"";

  private static final String AUDIT_CHAIN = "work=\"audit_chain\"";

  private static TestCompany company;
  private static TestAccount testAccount;
  private static ApiClient session;

  @BeforeAll
  static void somebody_backs_up() throws Exception {
    company = TestCompany.on(StackDatabase.Kind.H2);
    testAccount = company.employee();
    ApiDevice device = ApiDevice.enrol(company.agentOf(testAccount), "Watched laptop of Hanako");
    session = device.session();
    device.optIn(session);
  }

  private static MetricsSample figures() {
    return MetricsSample.of(company.stack());
  }

  private static MetricsSample await(Predicate<MetricsSample> condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + SOON.toNanos();
    MetricsSample now = figures();
    while (!condition.test(now)) {
      assertThat(System.nanoTime()).as("%s", now).isLessThan(deadline);
      Thread.sleep(500);
      now = figures();
    }
    return now;
  }

  @Test
  void only_the_token_of_the_monitoring_system_opens_them() throws Exception {
    assertThat(company.anonymous().get("/metrics").status()).isEqualTo(401);
    assertThat(company.admin().get("/metrics").status()).isEqualTo(401);
    String header = "Authorization";
    String token = Stack.METRICS_AUTHORIZATION;
    ApiClient wrong = company.anonymous().with(header, token + "x");
    assertThat(wrong.get("/metrics").status()).isEqualTo(401);
    ApiClient monitoring = company.anonymous().with(header, token);
    ApiReply right = monitoring.get("/metrics");
    assertThat(right.status()).as("%s", right).isEqualTo(200);
    assertThat(right.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain")
        .contains("version=0.0.4");
    assertThat(monitoring.get("/v1/admin/overview").status()).isEqualTo(401);
  }

  @Test
  void requests_and_bytes_are_counted() throws Exception {
    MetricsSample before = figures();
    byte[] object = ApiDevice.random(5000);
    String name = Hash256.sha256(object).hex();
    assertThat(session.bytes("PUT", "/v1/device/objects/" + name, object).status()).isEqualTo(201);
    assertThat(session.get("/v1/device/objects/" + name).body()).hasSize(5000);
    assertThat(session.get("/v1/device/objects/" + "0".repeat(64)).status()).isEqualTo(404);
    assertThat(company.anonymous().get("/v1/admin/overview").status()).isEqualTo(401);
    assertThat(company.admin().get("/v1/nothing/here").status()).isEqualTo(404);
    MetricsSample after =
        await(
            now ->
                more(before, now, "hikae_object_sent_bytes_total") >= 5000
                    && more(before, now, REQUESTS, OBJECT, "status=\"4xx\"") >= 1
                    && more(before, now, REQUESTS, OBJECT, "method=\"PUT\"", "status=\"2xx\"") >= 1
                    // What the container and JAX-RS refuse.
                    && more(before, now, REQUESTS, "route=\"unmatched\"", "status=\"4xx\"") >= 2);
    assertThat(more(before, after, "hikae_object_received_bytes_total"))
        .isGreaterThanOrEqualTo(5000);
    assertThat(
            after.sum("hikae_http_request_seconds_bucket", OBJECT, "method=\"PUT\"", "le=\"+Inf\""))
        .isEqualTo(after.sum(REQUESTS, OBJECT, "method=\"PUT\""));
  }

  @Test
  void requests_and_bytes_of_restic_are_counted_too_and_name_nobody() throws Exception {
    ResticHttpClient restic = ResticHttpClient.of(company, session);
    MetricsSample before = figures();
    int size = 300_000;
    String path = restic.stored("data", ApiDevice.random(size));
    assertThat(restic.api().get(path).body()).hasSize(size);
    MetricsSample after =
        await(
            now ->
                more(before, now, REQUESTS, RESTIC, "method=\"POST\"", "status=\"2xx\"") >= 1
                    && more(before, now, REQUESTS, RESTIC, "method=\"GET\"", "status=\"2xx\"") >= 1
                    && more(before, now, "hikae_object_sent_bytes_total") >= size);
    assertThat(more(before, after, "hikae_object_received_bytes_total"))
        .isGreaterThanOrEqualTo(size);
    assertThat(after.labelValues())
        .noneMatch(value -> value.contains(restic.repository()))
        .noneMatch(value -> value.contains(restic.username()))
        .noneMatch(value -> path.endsWith("/" + value));
  }

  private static double more(
      MetricsSample before, MetricsSample after, String name, String... labels) {
    return after.sum(name, labels) - before.sum(name, labels);
  }

  @FullRunOnly
  @Test
  void what_the_database_says_is_there_soon() throws Exception {
    MetricsSample now =
        await(
            f ->
                f.sum("hikae_devices", "health=\"never\"") >= 1
                    && f.sum("hikae_employees", "state=\"active\"") >= 1
                    && f.sum("hikae_database_connections", "state=\"open\"") >= 1
                    && f.sum("hikae_vault_exchanges_total", "outcome=\"answered\"") > 0
                    && f.sum("hikae_job_seconds_count", AUDIT_CHAIN, "outcome=\"succeeded\"") > 0
                    // The first read fails where Keycloak has started later, and is tried again.
                    && f.sum("hikae_job_last_success_timestamp_seconds", "work=\"directory\"") > 0);
    assertThat(now.sum("hikae_build_info")).isEqualTo(1);
    assertThat(now.sum("hikae_figures_timestamp_seconds")).isGreaterThan(1_700_000_000);
    assertThat(now.sum("hikae_job_last_success_timestamp_seconds", "work=\"directory\""))
        .isGreaterThan(1_700_000_000);
  }

  @Test
  void labels_name_nobody() throws Exception {
    assertThat(session.get("/v1/device/objects/" + testAccount.username()).status()).isEqualTo(400);
    session.send("BREW" + "X".repeat(20), "/v1/device", null, null);
    Set<String> values = figures().labelValues();
    assertThat(values)
        .contains("/api/v1/device/objects/{name}")
        .allMatch(value -> value.matches("[A-Za-z0-9/{}+._-]{1,80}"))
        .noneMatch(value -> value.contains(testAccount.username()))
        .noneMatch(value -> value.contains(testAccount.id()))
        .noneMatch(value -> value.contains("Hanako"))
        .noneMatch(value -> value.contains("BREW"));
  }

  @Test
  void dashboard_and_alerts_name_what_there_is() throws Exception {
    Set<String> shown = new TreeSet<>(named("docs/monitoring/dashboard.json"));
    shown.addAll(named("docs/monitoring/alerts.yml"));
    // Some are there only once the portal's timers have been at work.
    Set<String> there = await(f -> f.names().containsAll(shown)).names();
    Set<String> described = named("docs/monitoring.md");
    assertThat(described)
        .as("docs/monitoring.md")
        .containsAll(
            there.stream()
                .filter(name -> name.startsWith("hikae_"))
                .map(name -> name.replaceFirst("_(bucket|count|sum)$", ""))
                .toList());
  }

  private static Set<String> named(String file) throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(Files.readString(BuildOutput.root().resolve(file)));
    while (name.find()) {
      names.add(name.group());
    }
    return names;
  }
}
