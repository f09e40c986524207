package org.hikae.device.cli;

import java.io.OutputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.Scalar;
import org.hikae.device.Json;
import org.hikae.device.backup.InMemoryStore;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Ids;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.SeriesHead;

/** Makes set.zip with the agent and the pretended company of an earlier commit. */
final class MakeSet {

  private static final String PASSWORD = "violet kettle orbit marzipan 42";
  private static final String NEW = "amber lantern whistle canyon 77";

  private final Path folder = Path.of("/tmp/hikae-earlier-set");
  private final Path tree = folder.resolve("tree");
  private final Bench bench;
  private final List<Map<String, Object>> snapshots = new ArrayList<>();
  private String deviceId = "";
  private int state;

  private MakeSet() throws Exception {
    Files.createDirectory(folder);
    bench = new Bench(folder);
  }

  public static void main(String[] arguments) throws Exception {
    new MakeSet().make(Path.of(arguments[0]));
    System.exit(0);
  }

  private void make(Path into) throws Exception {
    FakeCompany company = bench.company();
    company.watchedBy(
        new FakeCompany.Watch() {
          @Override
          public void done(String request, byte[] body) throws java.io.IOException {
            if (request.equals("POST /api/v1/device/snapshots")) {
              Map<String, Object> made = new LinkedHashMap<>();
              made.put("deviceId", deviceId);
              made.put("state", state);
              made.put("commit", Json.mapper().readValue(body, CommitSnapshot.class));
              snapshots.add(made);
            }
          }
        });
    TestSurroundings first = device("first");
    InMemoryStore firstStore = company.store();
    String firstId = deviceId;
    require(
        first,
        bench.makesDigits(
                first, false, "optin", "--yes", "--protect", "both", "--password-fd", bench.line(PASSWORD))
            .exit());
    backsUp(first, 1);
    backsUp(first, 2);

    TestSurroundings second = device("second");
    String secondId = deviceId;
    InMemoryStore secondStore = new InMemoryStore(Ids.parseId("deviceId", secondId));
    set(company, "store", secondStore);
    require(second, second.run("optin", "--password-fd", bench.line(PASSWORD)));
    backsUp(second, 2);

    set(company, "store", firstStore);
    deviceId = firstId;
    Bench.Made made =
        bench.makesDigits(
            first,
            false,
            "keys",
            "rotate",
            "--password-fd",
            bench.line(PASSWORD),
            "--new-password-fd",
            bench.line(NEW));
    require(first, made.exit());
    backsUp(first, 3);

    set(company, "store", secondStore);
    deviceId = secondId;
    backsUp(second, 3, "--password-fd", bench.line(NEW));

    Map<String, Object> told = new LinkedHashMap<>();
    told.put("url", company.url());
    told.put("tree", tree.toString());
    told.put("setId", get(company, "setId"));
    told.put("generation", company.generation());
    told.put("digits", made.rows());
    told.put("wraps", List.copyOf(company.wraps().values()));
    told.put("devices", List.of(firstId, secondId));
    told.put("snapshots", snapshots);
    told.put("vault", record(company, String.valueOf(get(company, "setId"))));
    Map<Hash256, byte[]> objects = new TreeMap<>(java.util.Comparator.comparing(Hash256::hex));
    objects.putAll(firstStore.objects());
    objects.putAll(secondStore.objects());
    try (OutputStream out = Files.newOutputStream(into);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(9);
      entry(zip, "company.json", Json.mapper().writeValueAsBytes(told));
      for (String name : List.of("first", "second")) {
        entry(zip, "devices/" + name, Files.readAllBytes(folder.resolve(name + "/hikae/secrets.json")));
      }
      for (Map.Entry<Hash256, byte[]> each : objects.entrySet()) {
        entry(zip, "objects/" + each.getKey().hex(), each.getValue());
      }
    }
    System.out.println(snapshots.size() + " snapshots, " + objects.size() + " objects, " + Files.size(into) + " bytes");
  }

  private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws Exception {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(1_700_000_000_000L);
    zip.putNextEntry(entry);
    zip.write(bytes);
  }

  /** A device whose passwords cost what they cost in production. */
  private TestSurroundings device(String name) throws Exception {
    Path home = Files.createDirectories(folder.resolve(name));
    TestSurroundings device = TestSurroundings.asShipped(home);
    // Whatever the clock of a computer says that goes on with the set, it comes later.
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1000));
    device.on(Map.of(), clock, device.surroundings().pause(), device.surroundings().computer());
    String root = bench.company().vault().rootFingerprint();
    require(device, device.run("login", "--server", bench.company().url(), "--vault-root", root));
    String key =
        Json.mapper().readTree(home.resolve("hikae/secrets.json").toFile()).at("/device/publicKey").asText();
    deviceId = Ids.hex(Ids.deviceId(Base64.getUrlDecoder().decode(key)));
    return device;
  }

  private void backsUp(TestSurroundings device, int at, String... more) throws Exception {
    if (Files.exists(tree)) {
      Trees.delete(tree);
    }
    EarlierTree.make(tree, at);
    state = at;
    List<String> all = new ArrayList<>(List.of("backup", tree.toString(), "--json"));
    all.addAll(List.of(more));
    require(device, device.run(all.toArray(new String[0])));
    if (!device.out().contains("\"event\":\"witness\"")) {
      throw new IllegalStateException("not witnessed: " + device.out() + device.err());
    }
  }

  private static void require(TestSurroundings device, int exit) {
    if (exit != 0) {
      throw new IllegalStateException(exit + ": " + device.out() + device.err());
    }
  }

  private static Map<String, Object> record(FakeCompany company, String setId) throws Exception {
    Object records = get(company.vault(), "records");
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("akeKey", ((DhKeyPair) get(records, "akeKey")).secret().encode());
    told.put("setId", setId);
    for (Object each : ((Map<?, ?>) get(records, "records")).values()) {
      if (get(each, "state") == RecordState.ACTIVE) {
        told.put("credId", ((Hash256) get(each, "credId")).hex());
        told.put("factor", ((Scalar) get(each, "factor")).encode());
        told.put("upload", get(each, "upload"));
        told.put("wrap", get(each, "wrap"));
      }
    }
    told.put("ownerKey", ((Map<?, ?>) get(records, "owners")).get(setId));
    List<Map<String, Object>> heads = new ArrayList<>();
    for (Object each : ((Map<?, ?>) ((Map<?, ?>) get(records, "series")).get(setId)).values()) {
      SeriesHead head = (SeriesHead) each;
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("deviceId", Ids.hex(head.deviceId()));
      one.put("seq", head.seq());
      one.put("hash", head.snapshotHash().hex());
      one.put("atSeconds", head.atSeconds());
      heads.add(one);
    }
    told.put("witnessed", heads);
    return told;
  }

  private static Object get(Object from, String name) throws Exception {
    Field field = from.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(from);
  }

  private static void set(Object to, String name, Object value) throws Exception {
    Field field = to.getClass().getDeclaredField(name);
    field.setAccessible(true);
    field.set(to, value);
  }
}
