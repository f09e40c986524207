package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hikae.hk1.Hash256;
import org.hikae.it.Effort;
import org.hikae.it.caller.Api;
import org.hikae.it.caller.Company;
import org.hikae.it.caller.Device;
import org.hikae.it.caller.Reply;
import org.hikae.it.stack.Database;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who has a device's credential, and nothing else, does all harm that the protocol allows: a real
 * {@code forget --prune} of everything, then every operation on every object, then random requests.
 * Afterwards everything of before is still there: taken back to that moment, the repository checks
 * clean and every snapshot restores (HK1-G-04, HK1-G-05, HK1-G-07). Time budget: 90 seconds on one
 * database beside the system's start.
 */
class ThiefIT {

  private static final int REQUESTS = 2000;
  private static final List<String> FOLDERS =
      List.of("data", "keys", "locks", "snapshots", "index");

  @TempDir private Path temp;

  private Client client;
  private Restic restic;

  /** What the thief knows: every path that was there, and bytes of some. */
  private final List<String> known = new ArrayList<>();

  private final List<byte[]> bytes = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(value = Database.Kind.class, names = "POSTGRESQL")
  void destroys_nothing_whatever_is_asked_with_the_credential(Database.Kind kind) throws Exception {
    client = Client.on(kind);
    restic = new Restic(client, Files.createDirectories(temp.resolve("cache")));
    Path tree = Files.createDirectories(temp.resolve("tree"));
    restic.run("init").well();
    List<byte[]> versions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      versions.add(Device.random(200_000));
      Files.write(tree.resolve("file"), versions.get(i));
      restic.run("backup", tree).well();
    }
    JsonNode snapshots = restic.run("snapshots", "--json").well().json();
    Instant before = Instant.now();
    List<Object> forget = new ArrayList<>(List.of("forget", "--prune"));
    learn();
    snapshots.forEach(one -> forget.add(one.path("id").asText()));
    restic.run(forget.toArray()).well();
    assertThat(restic.run("snapshots", "--json").well().json()).isEmpty();

    tryEverything();
    tryAtRandom(new Random(Effort.seed()));

    takeBackTo(before);
    restic = new Restic(client, Files.createDirectories(temp.resolve("fresh-cache")));
    restic.run("check", "--read-data").well();
    assertThat(restic.run("snapshots", "--json").well().json()).hasSize(3);
    for (int i = 0; i < 3; i++) {
      Path target = temp.resolve("back-" + i);
      restic.run("restore", snapshots.get(i).path("id").asText(), "--target", target).well();
      assertThat(Files.readAllBytes(target.resolve(tree.toString().substring(1)).resolve("file")))
          .isEqualTo(versions.get(i));
    }
  }

  private void learn() throws Exception {
    known.add("config");
    for (String folder : FOLDERS) {
      for (JsonNode name : client.api().get(client.at(folder + "/")).json()) {
        String path = folder + "/" + name.asText();
        known.add(path);
        bytes.add(client.send("GET", path).body());
      }
    }
    assertThat(known).hasSizeGreaterThan(8);
  }

  private void tryEverything() throws Exception {
    for (String path : List.copyOf(known)) {
      String name = path.substring(path.indexOf('/') + 1);
      for (String folder : FOLDERS) {
        for (String method : List.of("DELETE", "POST", "PUT", "PATCH", "DELETE")) {
          harmless(client.api().bytes(method, client.at(folder + "/" + name), new byte[] {1, 2}));
        }
      }
    }
    for (byte[] one : bytes) {
      for (String folder : FOLDERS) {
        String path = folder + "/" + Hash256.sha256(one).hex();
        harmless(client.post(path, one));
        harmless(client.send("DELETE", path));
      }
    }
    for (String method : List.of("DELETE", "POST", "PUT", "PATCH")) {
      harmless(client.send(method, ""));
      harmless(client.api().bytes(method, client.at("config"), new byte[] {3}));
    }
  }

  private void tryAtRandom(Random random) throws Exception {
    for (int i = 0; i < REQUESTS * Effort.factor(); i++) {
      String folder = FOLDERS.get(random.nextInt(FOLDERS.size()));
      byte[] body = bytes.get(random.nextInt(bytes.size()));
      if (random.nextInt(3) == 0) {
        body = new byte[1 + random.nextInt(2000)];
        random.nextBytes(body);
      }
      boolean own = random.nextBoolean();
      String path = folder + "/" + Hash256.sha256(body).hex();
      switch (random.nextInt(6)) {
        case 0, 1 -> harmless(client.post(path, body));
        case 2, 3 ->
            harmless(client.send("DELETE", own ? path : known.get(random.nextInt(known.size()))));
        case 4 -> harmless(client.post(own ? "config" : path, new byte[] {(byte) i}));
        default -> harmless(client.send(own ? "GET" : "DELETE", own ? path : "config"));
      }
    }
  }

  private static void harmless(Reply reply) {
    assertThat(reply.status()).as("%s", reply).isLessThan(500);
  }

  /** The administrator takes the repository back. */
  private void takeBackTo(Instant moment) throws Exception {
    Api admin = Company.on(client.kind()).admin();
    Reply found = admin.get("/v1/admin/employees?search=" + client.person().username());
    long employee = found.json().at("/employees/0/employeeId").asLong();
    String path =
        "/v1/admin/employees/" + employee + "/restic/" + client.repository() + "/take-back";
    Reply taken = admin.json("POST", path, Map.of("moment", moment.toString()));
    assertThat(taken.status()).as("%s", taken).isEqualTo(200);
    assertThat(taken.json().path("revived").asLong()).isGreaterThan(6);
  }
}
