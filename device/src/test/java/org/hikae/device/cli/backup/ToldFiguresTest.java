package org.hikae.device.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.schedule.FakeProgramRunner;
import org.hikae.device.schedule.HostComputer;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.SettableClock;
import org.junit.jupiter.api.Test;

/** What leaves the device of a file that alone is new, changed or restored (HK1-S-22). */
@EveryThirdRun
class ToldFiguresTest extends CompanyTestBase {

  private static final int LENGTH = 1_234_567;

  private static final List<String> COUNTS = List.of("files", "filesDone", "filesFailed");

  private static final List<String> BYTES =
      List.of("plainBytes", "bytesRead", "bytesSent", "bytesReceived");

  private final List<String> bodies = new CopyOnWriteArrayList<>();

  private void capture() {
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public byte[] arriving(String request, InputStream body) throws IOException {
            byte[] read = body.readAllBytes();
            if (request.contains("/runs/") || request.equals("POST /api/v1/device/snapshots")) {
              bodies.add(new String(read, StandardCharsets.UTF_8));
            }
            return read;
          }
        });
  }

  private List<Long> told(List<String> names) throws IOException {
    List<Long> told = new ArrayList<>();
    for (String body : bodies) {
      JsonNode object = new ObjectMapper().readTree(body);
      names.stream().filter(object::has).forEach(name -> told.add(object.get(name).asLong()));
    }
    return told;
  }

  private static LongStream unlike(List<Long> figures) {
    return figures.stream()
        .mapToLong(Long::longValue)
        .filter(n -> Long.SIZE - Long.numberOfLeadingZeros(n) - Long.numberOfTrailingZeros(n) > 4);
  }

  @Test
  void a_file_that_alone_is_new_or_restored_is_told_with_four_leading_bits() throws Exception {
    AgentHarness device = optedIn("first");
    capture();
    byte[] contents = new byte[LENGTH];
    new Random(1).nextBytes(contents);
    Files.write(tree.resolve("new.bin"), contents);
    for (int i = 0; i < 30; i++) {
      Files.writeString(tree.resolve("small" + i), "x");
    }
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    assertThat(restored(device)).as(device.err()).isZero();
    assertThat(device.run("verify", "--json")).as(device.err()).isZero();

    assertThat(told(COUNTS)).as("3 runs and a commit").hasSizeGreaterThan(6).contains(1L, 36L);
    assertThat(unlike(told(COUNTS))).isEmpty();
    assertThat(told(BYTES)).contains(1_310_720L).allMatch(n -> n == 0 || n >= 65_536);
    assertThat(unlike(told(BYTES))).isEmpty();
  }

  /** HK1-R-20: only who agreed to a text that names it, and never more than steps. */
  @Test
  void how_a_backup_differs_is_told_in_steps_and_only_by_who_agreed() throws Exception {
    AgentHarness device = optedIn("first");
    for (int i = 0; i < 120; i++) {
      Files.writeString(tree.resolve("letter" + i), "dear diary ".repeat(200));
    }
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    capture();
    FakeProgramRunner programs = new FakeProgramRunner().answer("notify-send", 0, "");
    SettableClock clock = new SettableClock(Instant.now());
    device.on(Map.of(), clock, _ -> {}, new HostComputer(programs, folder.resolve("power"), false));
    encrypt(0, 30);
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    assertThat(bodies).noneMatch(body -> body.contains("RANDOM"));
    assertThat(device.err()).as("its own person is told").contains("look encrypted");
    assertThat(programs.commands()).anyMatch(command -> command.contains("Files look encrypted"));
    company.responses().changesAgreed = 2;
    encrypt(30, 80);
    assertThat(device.run("backup", tree.toString(), "--json")).as(device.err()).isZero();
    assertThat(bodies)
        .last()
        .asString()
        .contains("\"changes\":{\"files\":\"MANY\",\"names\":\"NONE\",\"content\":\"RANDOM\"}");
    assertThat(device.out()).contains("\"looksEncrypted\":true");
    assertThat(device.run("backup", tree.toString(), "--json")).as(device.err()).isZero();
    assertThat(device.out()).doesNotContain("looksEncrypted");
  }

  private void encrypt(int from, int until) throws IOException {
    Random random = new Random(2);
    for (int i = from; i < until; i++) {
      byte[] encrypted = new byte[2048];
      random.nextBytes(encrypted);
      Files.write(tree.resolve("letter" + i), encrypted);
    }
  }

  private int restored(AgentHarness device) {
    return device.run(
        "restore",
        "latest",
        "--target",
        folder.resolve("restored").toString(),
        "--path",
        tree.resolve("new.bin").toString());
  }

  /** The root has them, and so has what the device says of its own runs. */
  @Test
  void who_has_the_key_reads_exact_figures() throws Exception {
    AgentHarness device = optedIn("first");
    Files.write(tree.resolve("new.bin"), new byte[LENGTH]);
    long all = (long) LENGTH + "dear diary".length() + "秘密".getBytes(StandardCharsets.UTF_8).length;
    assertThat(device.run("backup", tree.toString(), "--json")).as(device.err()).isZero();
    assertThat(device.out()).contains("\"plainBytes\":" + all);
    assertThat(company.store().committed().getFirst().plainBytes()).isNotEqualTo(all);
    assertThat(device.run("snapshots", "--json")).as(device.err()).isZero();
    assertThat(device.out()).contains("\"files\":3,\"plainBytes\":" + all);
  }
}
