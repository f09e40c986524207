package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.it.agent.StoredObjectTampering.Stored;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * What the agent says when stored data is not what it was, that it restores the rest, that
 * scrubbing finds it without a key, and that the next backup heals it (HK1-S-11, HK1-S-12). Time
 * budget: 150 seconds for both databases beside the systems' start.
 */
@Order(1) // takes minutes
@EveryThirdRun
class CorruptionIT {

  /** Of what does not depend on how the bytes lie in the database. */
  private static final StackDatabase.Kind KIND = StackDatabase.Kind.POSTGRESQL;

  private static final String PASSWORD = "kiri-no-naka-no-fune-5";
  private static final int FILE_BYTES = 2_000_000;
  private static final int LARGE = 1_000_000;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  @TempDir private Path temp;
  private TestAccount testAccount;
  private AgentDevice agent;
  private String digits;
  private StoredObjectTampering stored;
  private Path source;
  private final List<String> snapshots = new ArrayList<>();

  /** A device with one snapshot for each name, each with one file more than the one before. */
  private List<List<Stored>> begin(StackDatabase.Kind kind, String... names) throws Exception {
    testAccount = TestCompany.on(kind).employee();
    agent = signedIn(kind, "device");
    digits = agent.optIn("digit-key", PASSWORD);
    stored = StoredObjectTampering.of(Stack.on(kind).db(), agent);
    source = Files.createDirectories(temp.resolve(kind + "-source"));
    List<List<Stored>> fresh = new ArrayList<>();
    for (String name : names) {
      fresh.add(backUpWith(name));
    }
    return fresh;
  }

  private AgentDevice signedIn(StackDatabase.Kind kind, String name)
      throws IOException, InterruptedException {
    AgentDevice device =
        new AgentDevice(Stack.on(kind), temp.resolve("agents-" + kind + "/" + name)).here();
    device.login(testAccount);
    return device;
  }

  /** Backs up one file more; the answer is what was stored for it: packs, the list's pack, root. */
  private List<Stored> backUpWith(String name) throws Exception {
    int before = snapshots.isEmpty() ? 0 : stored.all().size();
    Files.write(source.resolve(name), ApiDevice.random(FILE_BYTES));
    backUp();
    List<Stored> all = stored.all();
    return all.subList(before, all.size());
  }

  private AgentResult backUp() throws IOException, InterruptedException {
    AgentResult made = agent.run("backup", "--json", source.toString());
    assertThat(made.exitCode()).as("%s", made).isEqualTo(AgentResult.DONE);
    snapshots.add(made.event("backup").path("snapshotId").asText());
    return made;
  }

  /** The pack of the one large file. */
  private static Stored dataPack(List<Stored> fresh) {
    List<Stored> large = fresh.stream().filter(object -> object.size() > LARGE).toList();
    assertThat(large).hasSize(1);
    return large.getFirst();
  }

  private AgentResult restore(AgentDevice device, String snapshot, Path target)
      throws IOException, InterruptedException {
    return device.run(restoring(snapshot, target));
  }

  private String[] restoring(String snapshot, Path target) {
    return new String[] {
      "restore", snapshot, "--json", "--path", source.toString(), "--target", target.toString()
    };
  }

  private void assertRestored(Path target, String... names) {
    for (String name : names) {
      assertThat(target.resolve(name)).hasSameBinaryContentAs(source.resolve(name));
    }
    assertThat(target.toFile().list()).containsExactlyInAnyOrder(names);
  }

  private static List<String> paths(AgentResult agentResult, String kind) {
    return agentResult.events().stream()
        .filter(event -> event.path("kind").asText().equals(kind))
        .map(event -> Path.of(event.path("path").asText()).getFileName())
        .map(name -> name == null ? "" : name.toString())
        .toList();
  }

  private static Set<String> damagedPacks(AgentResult verified) {
    Set<String> packs = new TreeSet<>();
    for (JsonNode event : verified.events()) {
      if (event.path("event").asText().equals("damage")) {
        packs.add(event.path("pack").asText());
      }
    }
    return packs;
  }

  /** Scrubs everything that is stored now. */
  private static void scrub(TestCompany company) throws Exception {
    Instant now = Instant.now();
    Instant deadline = now.plus(LONGEST_WAIT);
    boolean done = false;
    while (!done) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(100);
      ApiReply asked = company.admin().send("POST", "/v1/admin/scrub", null, null);
      assertThat(asked.status()).as("%s", asked).isEqualTo(202);
      JsonNode state = company.admin().get("/v1/admin/scrub").json();
      while (state.path("running").asBoolean()) {
        assertThat(Instant.now()).isBefore(deadline);
        Thread.sleep(50);
        state = company.admin().get("/v1/admin/scrub").json();
      }
      for (JsonNode pass : state.path("passes")) {
        done |=
            pass.hasNonNull("endedAt")
                && Instant.parse(pass.path("startedAt").asText()).isAfter(now);
      }
    }
  }

  private static Optional<JsonNode> rotten(TestCompany company, Stored object) throws Exception {
    String path = "/v1/admin/rotten-objects?limit=1&healed=true&after=" + (object.id() - 1);
    ApiReply page = company.admin().get(path);
    assertThat(page.status()).as("%s", page).isEqualTo(200);
    JsonNode first = page.json().path("objects").path(0);
    return first.path("name").asText().equals(object.name())
        ? Optional.of(first)
        : Optional.empty();
  }

  @ParameterizedTest
  @EachDatabase
  void a_flipped_bit_and_a_missing_pack_are_found_without_keys_and_healed_by_the_next_backup(
      StackDatabase.Kind kind) throws Exception {
    TestCompany company = TestCompany.on(kind);
    List<List<Stored>> fresh = begin(kind, "whole", "flipped", "missing");
    Stored flipped = dataPack(fresh.get(1));
    Stored missing = dataPack(fresh.get(2));
    stored.flip(flipped);
    stored.remove(missing);

    Path hurt = temp.resolve(kind + "-hurt");
    AgentResult restored = restore(agent, "latest", hurt);
    assertThat(restored.exitCode()).as("%s", restored).isEqualTo(AgentResult.CORRUPT);
    assertThat(paths(restored, "DAMAGED")).containsExactlyInAnyOrder("flipped", "missing");
    assertRestored(hurt, "whole");
    AgentResult verified = agent.run("verify", "--json");
    assertThat(verified.exitCode()).as("%s", verified).isEqualTo(AgentResult.CORRUPT);
    assertThat(damagedPacks(verified)).containsExactly(sorted(flipped, missing));

    scrub(company);
    JsonNode found = rotten(company, flipped).orElseThrow();
    assertThat(found.path("kind").asText()).isEqualTo("MISMATCH");
    assertThat(found.path("state").asText()).isEqualTo("ROTTEN");
    assertThat(found.path("touches").asInt()).isEqualTo(2);
    assertThat(found.path("devices")).hasSize(1);
    assertThat(rotten(company, missing).orElseThrow().path("kind").asText()).isEqualTo("MISSING");
    assertThat(rotten(company, dataPack(fresh.get(0)))).isEmpty();

    AgentResult healing = backUp();
    assertThat(healing.event("warning").path("kind").asText()).isEqualTo("STORED_PACKS_LOST");
    assertThat(healing.event("backup").path("bytesSent").asLong()).isGreaterThan(2L * FILE_BYTES);
    assertThat(rotten(company, flipped).orElseThrow().path("state").asText())
        .isEqualTo("SUPERSEDED");
    Path newest = temp.resolve(kind + "-newest");
    assertThat(restore(agent, "latest", newest).exitCode()).isEqualTo(AgentResult.DONE);
    assertRestored(newest, "whole", "flipped", "missing");
    Path older = temp.resolve(kind + "-older");
    AgentResult healed = restore(agent, snapshots.get(2), older);
    assertThat(healed.exitCode()).as("%s", healed).isEqualTo(AgentResult.DONE);
    assertThat(paths(healed, "STOOD_IN")).hasSize(2);
    assertRestored(older, "whole", "flipped", "missing");
    AgentResult fine = agent.run("verify", "--json");
    assertThat(fine.exitCode()).as("%s", fine).isEqualTo(AgentResult.DONE);
    assertThat(damagedPacks(fine)).containsExactly(sorted(flipped, missing));
    assertThat(fine.out()).contains("\"healedBy\":\"" + snapshots.getLast() + "\"");
  }

  private static String[] sorted(Stored... objects) {
    return Arrays.stream(objects).map(Stored::name).sorted().toArray(String[]::new);
  }

  @FullRunOnly
  @Test
  void swapped_packs_are_named_and_cost_their_files_only() throws Exception {
    List<List<Stored>> fresh = begin(KIND, "whole", "one", "other");
    Stored one = dataPack(fresh.get(1));
    Stored other = dataPack(fresh.get(2));
    byte[] ofOne = stored.read(one);
    stored.write(one, stored.read(other));
    stored.write(other, ofOne);

    Path hurt = temp.resolve(KIND + "-hurt");
    AgentResult restored = restore(agent, "latest", hurt);
    assertThat(restored.exitCode()).as("%s", restored).isEqualTo(AgentResult.CORRUPT);
    assertThat(paths(restored, "DAMAGED")).containsExactlyInAnyOrder("one", "other");
    assertRestored(hurt, "whole");
    AgentResult verified = agent.run("verify", "--json");
    assertThat(verified.exitCode()).as("%s", verified).isEqualTo(AgentResult.CORRUPT);
    assertThat(damagedPacks(verified)).containsExactly(sorted(one, other));
  }

  @FullRunOnly
  @Test
  void a_truncated_manifest_is_named_costs_its_snapshot_only_and_is_healed_by_the_device()
      throws Exception {
    List<List<Stored>> fresh = begin(KIND, "first", "second");
    List<Stored> ofSecond = fresh.get(1);
    // The root comes last; the list of files, which is small, beside the packs.
    List<Stored> lists =
        ofSecond.subList(0, ofSecond.size() - 1).stream()
            .filter(object -> object.size() < LARGE)
            .toList();
    assertThat(lists).hasSize(1);
    Stored manifest = lists.getFirst();
    byte[] bytes = stored.read(manifest);
    stored.write(manifest, Arrays.copyOf(bytes, 100));

    Path own = temp.resolve(KIND + "-own-list");
    assertThat(restore(agent, "latest", own).exitCode()).isEqualTo(AgentResult.DONE);
    assertRestored(own, "first", "second");
    // A device that has not made the snapshot has no copy of its list.
    Path copies = agent.home().resolve("cache");
    Path aside = Files.move(copies, temp.resolve(KIND + "-copies"));
    AgentResult restored = restore(agent, "latest", temp.resolve(KIND + "-hurt"));
    assertThat(restored.exitCode()).as("%s", restored).isEqualTo(AgentResult.CORRUPT);
    Files.move(aside, copies);
    AgentResult verified = agent.run("verify", "--json");
    assertThat(verified.exitCode()).as("%s", verified).isEqualTo(AgentResult.CORRUPT);
    assertThat(damagedPacks(verified)).contains(manifest.name());
    Path older = temp.resolve(KIND + "-older");
    assertThat(restore(agent, snapshots.getFirst(), older).exitCode()).isEqualTo(AgentResult.DONE);
    assertRestored(older, "first");

    scrub(TestCompany.on(KIND));
    assertThat(rotten(TestCompany.on(KIND), manifest).orElseThrow().path("kind").asText())
        .isEqualTo("SIZE");
    AgentResult healing = backUp();
    assertThat(healing.event("backup").path("bytesSent").asLong())
        .as("the device still had the list")
        .isLessThan(LARGE);
    assertThat(stored.read(manifest)).isEqualTo(bytes);
    assertThat(rotten(TestCompany.on(KIND), manifest).orElseThrow().path("state").asText())
        .isEqualTo("REPLACED");
    Path healed = temp.resolve(KIND + "-healed");
    assertThat(restore(agent, snapshots.get(1), healed).exitCode()).isEqualTo(AgentResult.DONE);
    assertRestored(healed, "first", "second");
  }

  @FullRunOnly
  @Test
  void an_old_snapshot_served_as_the_newest_is_noticed_by_old_and_new_devices() throws Exception {
    begin(KIND, "first", "second");
    stored.forgetNewestSnapshot();

    AgentResult own = restore(agent, "latest", temp.resolve(KIND + "-own"));
    assertThat(own.exitCode()).as("%s", own).isEqualTo(AgentResult.CORRUPT);
    assertThat(own.event("error").path("code").asText()).isEqualTo("restore.regress");
    assertThat(own.event("alarm").path("fault").asText()).isEqualTo("REGRESS");
    AgentResult backup = agent.run("backup", "--json", source.toString());
    assertThat(backup.exitCode()).as("%s", backup).isEqualTo(AgentResult.CORRUPT);

    AgentDevice second = signedIn(KIND, "second");
    AgentResult fresh =
        second.withDigits(digits, restoring("latest", temp.resolve(KIND + "-fresh")));
    assertThat(fresh.exitCode()).as("%s", fresh).isEqualTo(AgentResult.CORRUPT);
    assertThat(fresh.event("alarm").path("fault").asText()).isEqualTo("OLDER_THAN_WITNESSED");
    assertThat(fresh.event("alarm").path("shownSequence").asLong()).isEqualTo(1);

    Path accepted = temp.resolve(KIND + "-accepted");
    List<String> command = new ArrayList<>(List.of(restoring("latest", accepted)));
    // What the vault has witnessed is withheld; whose it is, its device's signature says.
    command.addAll(List.of("--accept-older", "1"));
    AgentResult older = second.withDigits(digits, command.toArray(new String[0]));
    assertThat(older.exitCode()).as("%s", older).isEqualTo(AgentResult.DONE);
    assertRestored(accepted, "first");
  }
}
