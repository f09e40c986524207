package org.hikae.it.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A portal with a second store: what is stored is copied, what the first store loses is read from
 * the copy and healed, a lost copy is written anew, and administrators hear when copies are late.
 * At last the first store and its portal are gone, and another portal serves from the copies. Time
 * budget: 270 seconds.
 */
@FullRunOnly
class SecondStoreIT {

  private static final String OBJECTS = "/v1/device/objects/";
  private static final int BYTES = 200_000;

  @TempDir private Path folder;
  private Path first;
  private Path second;
  private Stack stack;
  private TestCompany company;
  private ApiClient device;
  private final List<byte[]> stored = new ArrayList<>();

  @Test
  void what_one_store_loses_comes_from_the_other() throws Exception {
    first = Files.createDirectory(folder.resolve("first"));
    second = Files.createDirectory(folder.resolve("second"));
    stack =
        Stack.apart(
            "second-store",
            StackDatabase.Kind.POSTGRESQL,
            Map.of(
                "HIKAE_STORE", "files",
                "HIKAE_STORE_FOLDER", first.toString(),
                "HIKAE_SECOND_STORE", "files",
                "HIKAE_SECOND_STORE_FOLDER", second.toString(),
                "HIKAE_SECOND_WITHIN", "PT1S"));
    try {
      company = TestCompany.of(stack);
      ApiDevice enrolled = ApiDevice.enrol(company.agentOf(company.employee()), "laptop");
      device = enrolled.session();
      enrolled.optIn(device);
      for (int object = 0; object < 3; object++) {
        store();
      }
      awaitCopies();
      assertThat(jobState()).isNotEqualTo("FAILED");
      what_the_first_has_lost_is_read_and_healed();
      a_copy_that_was_lost_is_written_anew();
      copies_that_are_late_are_told_and_made_up_for();
      without_the_first_site_the_second_serves();
    } finally {
      stack.end();
    }
  }

  private void store() throws Exception {
    byte[] bytes = ApiDevice.random(BYTES);
    assertThat(device.bytes("PUT", OBJECTS + Hash256.sha256(bytes).hex(), bytes).status())
        .isEqualTo(201);
    stored.add(bytes);
  }

  private void awaitCopies() throws InterruptedException {
    await("select count(*) from ciphertext_copy", stored.size());
    await("select count(*) from ciphertext_copy_due", 0);
  }

  private void await(String sql, long count) throws InterruptedException {
    long _ = Await.until(() -> number(sql), found -> found == count);
  }

  private long number(String sql) {
    try (Connection connection = stack.db().asOwner();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private String jobState() throws Exception {
    JsonNode jobs = company.admin().get("/v1/admin/jobs").json();
    for (JsonNode job : jobs) {
      if (job.path("job").asText().equals("SECOND_STORE")) {
        return job.path("state").asText();
      }
    }
    return "";
  }

  private void requireRead() throws Exception {
    requireRead(device);
  }

  private void requireRead(ApiClient reader) throws Exception {
    for (byte[] bytes : stored) {
      ApiReply reply = reader.get(OBJECTS + Hash256.sha256(bytes).hex());
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo(bytes);
    }
  }

  private void what_the_first_has_lost_is_read_and_healed() throws Exception {
    String healed = "select count(*) from audit_event where action = 'object.healed'";
    removeAll(first.resolve("objects"));
    requireRead();
    // Reading has made suspects of them, which the next turn heals.
    await(healed, stored.size());
    assertThat(filesIn(first)).hasSize(stored.size());
    removeAll(first.resolve("objects"));
    scrub();
    await(healed, 2L * stored.size());
    assertThat(filesIn(first)).hasSize(stored.size());
    assertThat(number("select count(*) from rotten_object")).as("nobody need be told").isZero();
    requireRead();
  }

  private static void removeAll(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        Files.delete(each);
      }
    }
  }

  /** Begins when nobody is at it: else it would do nothing. */
  private void scrub() throws Exception {
    await("select count(*) from scrub_state where holder is not null", 0);
    ApiReply asked = company.admin().send("POST", "/v1/admin/scrub", null, null);
    assertThat(asked.status()).as("%s", asked).isEqualTo(202);
  }

  private static List<Path> filesIn(Path store) throws IOException {
    try (Stream<Path> files = Files.walk(store.resolve("objects"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private void a_copy_that_was_lost_is_written_anew() throws Exception {
    List<Path> before = filesIn(second);
    assertThat(before).hasSize(stored.size());
    Files.delete(before.getFirst());
    scrub();
    int _ = Await.until(this::copies, found -> found == stored.size());
    awaitCopies();
  }

  private int copies() {
    try {
      return filesIn(second).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copies_that_are_late_are_told_and_made_up_for() throws Exception {
    String open =
        "select count(*) from notice where kind = 'second-store.late' and acknowledged_at is null";
    await(open, 0);
    Path mark = second.resolve("hikae-store");
    Path elsewhere = Files.move(mark, second.resolve("elsewhere"));
    try {
      store();
      await(open, 1);
      assertThat(jobState()).isEqualTo("FAILED");
      requireRead();
    } finally {
      Files.move(elsewhere, mark);
    }
    awaitCopies();
    await(open, 0);
  }

  private void without_the_first_site_the_second_serves() throws Exception {
    assertThat(rebuild()).as("while a portal runs").isEqualTo(2);
    stack.stopPortal();
    removeAll(first);
    // A portal counts as running until it has said nothing for 90 seconds.
    int _ = Await.until(this::rebuilt, code -> code == 0);
    Map<String, String> settings =
        Map.of(
            "HIKAE_STORE_FOLDER", second.toString(),
            "HIKAE_SECOND_STORE", "",
            "HIKAE_SECOND_STORE_FOLDER", "");
    try (Stack.SecondPortal portal = stack.portalBeside(settings)) {
      ApiClient there = device.at(portal.url());
      requireRead(there);
      byte[] bytes = ApiDevice.random(BYTES);
      assertThat(there.bytes("PUT", OBJECTS + Hash256.sha256(bytes).hex(), bytes).status())
          .isEqualTo(201);
      assertThat(filesIn(second)).hasSize(stored.size() + 1);
    }
  }

  private int rebuilt() {
    try {
      return rebuild();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** As an administrator does it. */
  private int rebuild() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            BuildOutput.root().resolve("admin/target/hikae-admin/bin/hikae-admin").toString(),
            "site",
            "rebuild");
    builder.environment().putAll(stack.portalSettings());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Path out = folder.resolve("out");
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(out).content().isNotEmpty();
    return process.exitValue();
  }
}
