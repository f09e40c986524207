package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.TestEffort;
import org.hikae.testing.TestScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who has a device's credential, and nothing else, does all harm that the protocol allows: a real
 * {@code forget --prune} of everything, then every operation on every object, then random requests.
 * Afterwards everything of before is still there: taken back to that moment, the repository checks
 * clean and every snapshot restores (HK1-G-04, HK1-G-05, HK1-G-07, HK1-G-08). Time budget: 60
 * seconds beside the system's start.
 */
@EveryThirdRun
class StolenResticCredentialIT {

  private static final int REQUESTS = 1000;
  private static final int FEW_REQUESTS = 100;
  private static final int MOST_REQUESTS = 10_000;
  private static final int QUOTA = 8 << 20;
  private static final String TOLD =
      "select count(*) from notice where kind = 'restic.mass-release' and employee_id ="
          + " (select employee_id from repository where restic_id = ?)";
  private static final List<String> FOLDERS =
      List.of("data", "keys", "locks", "snapshots", "index");

  private final boolean all = TestScope.ofThisRun().takesAllOf(StolenResticCredentialIT.class);

  /** So many, the first of which is forgotten before the thief comes. */
  private final int backups = all ? 4 : 3;

  /** A short run tries everything on each fifth object. */
  private final int step = all ? 1 : 5;

  @TempDir private Path temp;

  private ResticDevice resticDevice;
  private Restic restic;

  /** What the thief knows: every path that was there, and bytes of some. */
  private final List<String> known = new ArrayList<>(List.of("config"));

  private final Map<String, byte[]> bytes = new LinkedHashMap<>();

  @Test
  void destroys_nothing_whatever_is_asked_with_the_credential() throws Exception {
    resticDevice = ResticDevice.on(StackDatabase.Kind.POSTGRESQL);
    resticDevice.rule(Map.of("quotaBytes", QUOTA));
    restic = new Restic(resticDevice, Files.createDirectories(temp.resolve("cache")));
    Path tree = Files.createDirectories(temp.resolve("tree"));
    restic.run("init").well();
    List<byte[]> versions = new ArrayList<>();
    for (int i = 0; i < backups; i++) {
      versions.add(ApiDevice.random(200_000));
      Files.write(tree.resolve("file"), versions.get(i));
      restic.run("backup", tree).well();
    }
    learn();
    List<String> ids = new ArrayList<>();
    restic
        .run("snapshots", "--json")
        .well()
        .json()
        .forEach(one -> ids.add(one.path("id").asText()));
    restic.run("forget", "--prune", ids.removeFirst()).well();
    versions.removeFirst();
    Instant before = Instant.now();
    learn();
    List<Object> forget = new ArrayList<>(List.of("forget", "--prune"));
    forget.addAll(ids);
    restic.run(forget.toArray()).well();
    assertThat(restic.run("snapshots", "--json").well().json()).isEmpty();

    Random random = new Random(TestEffort.seed());
    int requests = all ? Math.min(MOST_REQUESTS, REQUESTS * TestEffort.factor()) : FEW_REQUESTS;
    System.out.println(
        "thief, seed " + TestEffort.seed() + ": " + requests + " requests at random");
    tryEverything();
    tryAtRandom(random, requests / 2);
    List<String> filling = fillTheQuota(random);
    tryAtRandom(random, requests / 2);
    for (String path : filling) {
      harmless(resticDevice.send("DELETE", path));
    }
    bringBackWhatWasDeletedBefore();

    assertThat(resticDevice.takeBack(before).path("revived").asLong()).isPositive();
    restic = new Restic(resticDevice, Files.createDirectories(temp.resolve("fresh-cache")));
    restic.run("check", "--read-data").well();
    assertThat(restic.run("snapshots", "--json").well().json()).hasSize(backups - 1);
    for (int i = 0; i < backups - 1; i++) {
      Path target = temp.resolve("back-" + i);
      restic.run("restore", ids.get(i), "--target", target).well();
      assertThat(Files.readAllBytes(target.resolve(tree.toString().substring(1)).resolve("file")))
          .isEqualTo(versions.get(i));
    }
    assertThat(resticDevice.number(TOLD)).as("told once").isEqualTo(1);
  }

  private void learn() throws Exception {
    for (String folder : FOLDERS) {
      for (JsonNode name : resticDevice.api().get(resticDevice.at(folder + "/")).json()) {
        String path = folder + "/" + name.asText();
        if (!known.contains(path)) {
          known.add(path);
          bytes.put(path, resticDevice.send("GET", path).body());
        }
      }
    }
    assertThat(known).hasSizeGreaterThan(8);
  }

  private void tryEverything() throws Exception {
    List<String> paths = List.copyOf(known);
    for (int i = 0; i < paths.size(); i += step) {
      String path = paths.get(i);
      String name = path.substring(path.indexOf('/') + 1);
      for (String folder : FOLDERS) {
        for (String method : List.of("DELETE", "POST", "PUT", "PATCH", "DELETE")) {
          harmless(
              resticDevice
                  .api()
                  .bytes(method, resticDevice.at(folder + "/" + name), new byte[] {1, 2}));
        }
      }
    }
    List<byte[]> stolen = List.copyOf(bytes.values());
    for (int i = 0; i < stolen.size(); i += step) {
      byte[] one = stolen.get(i);
      for (String folder : FOLDERS) {
        String path = folder + "/" + Hash256.sha256(one).hex();
        harmless(resticDevice.post(path, one));
        harmless(resticDevice.send("DELETE", path));
      }
    }
    for (String method : List.of("DELETE", "POST", "PUT", "PATCH")) {
      harmless(resticDevice.send(method, ""));
      harmless(resticDevice.api().bytes(method, resticDevice.at("config"), new byte[] {3}));
    }
  }

  private void tryAtRandom(Random random, int requests) throws Exception {
    List<byte[]> stolen = List.copyOf(bytes.values());
    for (int i = 0; i < requests; i++) {
      String folder = FOLDERS.get(random.nextInt(FOLDERS.size()));
      byte[] body = stolen.get(random.nextInt(stolen.size()));
      if (random.nextInt(3) == 0) {
        body = new byte[1 + random.nextInt(2000)];
        random.nextBytes(body);
      }
      boolean own = random.nextBoolean();
      String path = folder + "/" + Hash256.sha256(body).hex();
      switch (random.nextInt(6)) {
        case 0, 1 -> harmless(resticDevice.post(path, body));
        case 2, 3 ->
            harmless(
                resticDevice.send("DELETE", own ? path : known.get(random.nextInt(known.size()))));
        case 4 -> harmless(resticDevice.post(own ? "config" : path, new byte[] {(byte) i}));
        default -> harmless(resticDevice.send(own ? "GET" : "DELETE", own ? path : "config"));
      }
    }
  }

  private List<String> fillTheQuota(Random random) throws Exception {
    List<String> stored = new ArrayList<>();
    byte[] body = new byte[1 << 20];
    ApiReply reply;
    do {
      random.nextBytes(body);
      stored.add("data/" + Hash256.sha256(body).hex());
      reply = resticDevice.post(stored.getLast(), body);
    } while (reply.status() == 200 && stored.size() <= QUOTA / body.length);
    assertThat(reply.status()).as("%s", reply).isEqualTo(507);
    return stored;
  }

  /** Old snapshots and indexes come back, whose data an honest prune had deleted. */
  private void bringBackWhatWasDeletedBefore() throws Exception {
    for (Map.Entry<String, byte[]> one : bytes.entrySet()) {
      harmless(resticDevice.post(one.getKey(), one.getValue()));
    }
    assertThat(resticDevice.api().get(resticDevice.at("snapshots/")).json())
        .hasSizeGreaterThan(backups - 1);
  }

  /** Refused or done; 507 says that the quota is full. */
  private static void harmless(ApiReply reply) {
    assertThat(reply.status()).as("%s", reply).matches(status -> status < 500 || status == 507);
  }
}
