package org.hikae.device.vectors;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hikae.backup.wire.Fate;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.newest.Choice;
import org.hikae.device.newest.Made;
import org.hikae.device.newest.Newest;
import org.hikae.device.newest.Roots;
import org.hikae.device.newest.Timeline;
import org.hikae.device.remote.SeriesMemory;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.DeviceKeyPair;
import org.hikae.device.state.Profile;
import org.hikae.device.state.SeriesHead;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.hk1.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lists of snapshots with heads, memory and roots, and what is to be made of them, in
 * docs/spec/vectors/series.json, made by series.py beside it from the specification alone
 * (HK1-S-07, HK1-S-13, HK1-S-14, HK1-V-19, HK1-D-01 to HK1-D-12, HK1-D-15).
 */
class SeriesVectorsTest {

  private static final Vectors ALL = Vectors.of("series.json");
  private static final String SET = ALL.text("setId");

  @TempDir Path folder;

  private final BackupKey key =
      BackupKey.of(
          ALL.bytes("setId"), ALL.number("generation"), Vectors.of("device.json").secret("K"));

  /** One case; its name is why it is there. */
  record Case(Vectors all) {

    static Stream<Case> every() {
      return ALL.at("cases").node().valueStream().map(each -> new Case(new Vectors(each)));
    }

    List<String> names(String list) {
      return all.node().path(list).valueStream().map(JsonNode::textValue).toList();
    }

    String device(String name) {
      return ALL.text("devices", name, "deviceId");
    }

    @Override
    public String toString() {
      return all.text("why");
    }
  }

  @Test
  void what_opens_says_when_it_was_made_and_whether_it_is_signed() throws Exception {
    for (Map.Entry<String, JsonNode> each : ALL.at("snapshots").node().properties()) {
      try (Roots roots = roots(store(List.of()))) {
        Optional<Made> made = roots.of(view(each.getKey(), null));
        JsonNode opens = each.getValue().required("opens");
        assertThat(made.isPresent()).as(each.getKey()).isEqualTo(!opens.isNull());
        if (made.isPresent()) {
          Instant started = Instant.ofEpochSecond(opens.required("started").longValue());
          assertThat(made.get().at()).isEqualTo(started);
          assertThat(made.get().signed()).isEqualTo(opens.required("signed").booleanValue());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.hikae.device.vectors.SeriesVectorsTest$Case#every")
  void the_decision_is_the_one_that_stands_there(Case wanted) throws Exception {
    Decision decision = decide(wanted);
    Vectors stands = wanted.all().at("decision");
    assertThat(decision.alarms()).isEqualTo(alarms(stands.at("alarms").node()));
    assertThat(decision.then()).isEqualTo(stands.text("then"));
    assertThat(decision.snapshot()).isEqualTo(stands.text("snapshot"));
    assertThat(decision.words())
        .isEqualTo(stands.at("words").node().valueStream().map(JsonNode::textValue).toList());
  }

  private static Set<String> alarms(JsonNode list) {
    Set<String> alarms = new TreeSet<>();
    for (JsonNode each : list) {
      String device = ALL.text("devices", each.get(1).textValue(), "deviceId");
      alarms.add(alarm(each.get(0).textValue(), device, each.get(2).longValue()));
    }
    return alarms;
  }

  private static String alarm(String kind, String device, long number) {
    return kind + " " + device + " " + number;
  }

  /** What the agent makes of a case. */
  private record Decision(Set<String> alarms, String then, String snapshot, List<String> words) {}

  private Decision decide(Case given) throws Exception {
    List<SnapshotView> shown = given.names("shown").stream().map(n -> view(n, given)).toList();
    SeriesMemory memory = memory(given);
    Newest.Known known =
        new Newest.Known(SET, memory.heads(SET), witnessed(given), memory.signers(SET));
    GivenStore store = store(given.names("withheld"));
    for (Map.Entry<String, JsonNode> each : given.all().node().path("instead").properties()) {
      byte[] object = HexFormat.of().parseHex(each.getValue().textValue());
      store.instead(ALL.hash("snapshots", each.getKey(), "root"), object);
    }
    try (Roots roots = roots(store)) {
      List<String> words = new ArrayList<>();
      Set<String> alarms = new TreeSet<>();
      List<SeriesMemory.Finding> findings = memory.check(SET, shown);
      assertThat(findings).doesNotHaveDuplicates();
      if (!findings.isEmpty()) {
        findings.forEach(f -> alarms.add(alarm(f.fault().name(), f.deviceId(), f.sequence())));
        words.add("list");
        known = known.withoutSeen(SeriesMemory.setBack(findings));
      }
      Newest newest = Newest.of(shown, known).judged(roots);
      Choice choice = choice(given, newest, roots);
      Stream.concat(newest.doubtful().stream(), choice.doubtful().stream())
          .forEach(s -> alarms.add(alarm(s.doubt().name(), s.deviceId(), s.place())));
      choice.doubtful().stream()
          .map(Timeline::newestSequence)
          .forEach(number -> words.add("older " + number));
      boolean alarming = !words.isEmpty();
      choice.questions().stream()
          .map(question -> question.name().toLowerCase(Locale.ROOT))
          .forEach(words::add);
      // A restore ends where it opens the root, and does not begin with one that was removed.
      boolean opens = choice.snapshot().isPresent() && roots.of(choice.view()).isPresent();
      if (choice.refused() || !opens) {
        return new Decision(alarms, "REFUSED", null, List.of());
      }
      String then = alarming ? "ALARM" : words.isEmpty() ? "RESTORE" : "ASK";
      return new Decision(alarms, then, nameOf(choice.view()), words);
    }
  }

  private static Choice choice(Case given, Newest newest, Roots roots) throws Exception {
    String[] request = given.all().text("request").split(" ", -1);
    if (request[0].equals("named")) {
      return newest.named(view(request[1], given));
    }
    String of = request.length > 1 ? given.device(request[1]) : null;
    Instant now = Instant.ofEpochSecond(given.all().number("now"));
    return newest.latest(given.device(given.all().text("reader")), of, roots, now);
  }

  private static String nameOf(SnapshotView view) {
    return ALL.at("snapshots").node().properties().stream()
        .filter(each -> each.getValue().required("stubHash").textValue().equals(view.stubHash()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private static SnapshotView view(String name, Case given) {
    Vectors of = ALL.at("snapshots", name);
    return new SnapshotView(
        of.text("snapshotId"),
        of.text("setId"),
        of.text("deviceId"),
        of.number("generation"),
        of.number("sequence"),
        of.text("previous"),
        of.text("root"),
        of.text("listHash"),
        of.text("stubHash"),
        "2031-01-01T00:00:00Z",
        0,
        0,
        0,
        0,
        given == null ? null : fate(name, given));
  }

  private static Fate fate(String name, Case given) {
    String at = "2026-01-01T00:00:00Z";
    if (given.names("removed").contains(name)) {
      return new Fate(Fate.REMOVED, "RETENTION", at, null, null, at);
    }
    return given.names("held").contains(name)
        ? new Fate(Fate.HELD, "EMPLOYEE", at, null, at, null)
        : null;
  }

  /** What the vault has said; nothing when it is silent. */
  private static Optional<Map<String, org.hikae.vault.wire.SeriesHead>> witnessed(Case given) {
    JsonNode vault = given.all().at("vault").node();
    if (vault.isNull()) {
      return Optional.empty();
    }
    Map<String, org.hikae.vault.wire.SeriesHead> heads = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : vault.properties()) {
      Vectors of = ALL.at("snapshots", each.getValue().required("snapshot").textValue());
      heads.put(
          given.device(each.getKey()),
          new org.hikae.vault.wire.SeriesHead(
              of.bytes("deviceId"),
              of.number("sequence"),
              of.hash("stubHash"),
              each.getValue().required("at").longValue()));
    }
    return Optional.of(heads);
  }

  private SeriesMemory memory(Case given) throws Exception {
    StateFile file =
        new StateFile(AgentHome.of(Map.of("HIKAE_HOME", folder.toString()), "").create());
    String reader = given.all().text("reader");
    byte[] publicKey = ALL.bytes("devices", reader, "publicKey");
    Profile profile = new Profile("", "", "", "", "", null, null, null);
    DeviceKeyPair pair = new DeviceKeyPair(reader, "", Ids.base64(publicKey));
    AgentState state =
        AgentState.enrolled(profile, pair, "")
            .withSet(
                UnlockedSet.of(SET, ALL.number("generation"), "")
                    .signedBy(given.names("signs").stream().map(given::device).collect(toSet())));
    for (Map.Entry<String, JsonNode> each : given.all().at("memory").node().properties()) {
      String device = given.device(each.getKey());
      state = state.withHead(device, head(each.getValue()));
      if (each.getValue().path("signs").booleanValue()) {
        state = state.withSet(state.set().signedBy(Set.of(device)));
      }
    }
    file.replace(state);
    return new SeriesMemory(file);
  }

  private static SeriesHead head(JsonNode remembered) {
    Vectors of = ALL.at("snapshots", remembered.required("snapshot").textValue());
    SeriesHead head = new SeriesHead(of.number("sequence"), of.text("stubHash"), null);
    return remembered.path("gone").booleanValue() ? head.gone() : head;
  }

  private static GivenStore store(List<String> withheld) {
    List<byte[]> objects = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : ALL.at("snapshots").node().properties()) {
      if (!withheld.contains(each.getKey())) {
        String object = each.getValue().required("rootObject").textValue();
        objects.add(HexFormat.of().parseHex(object));
      }
    }
    return new GivenStore(objects, new byte[0]);
  }

  private Roots roots(GivenStore store) {
    Map<Long, BackupKey> keys = new HashMap<>(Map.of(key.generation(), key.copy()));
    return new Roots(
        store,
        generation -> {
          BackupKey found = keys.get(generation);
          if (found == null) {
            throw new AgentException(RunResult.CORRUPT, "rotate.chain-missing", generation);
          }
          return found;
        });
  }
}
