package org.hikae.device.cli.snapshots;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hikae.backup.wire.ReleaseCause;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.ReleaseStatus;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.history.SealedSnapshotInfo;
import org.hikae.device.history.SeenSeriesHeads;
import org.hikae.device.history.SnapshotChoice;
import org.hikae.device.history.SnapshotHistory;
import org.hikae.device.history.SnapshotRootReader;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.snapshot.SealedObjectCache;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.DeviceKeyPair;
import org.hikae.device.state.SeenSeriesHead;
import org.hikae.device.state.SignInProfile;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.vectors.ReadOnlyBackupStore;
import org.hikae.device.vectors.SpecVectors;
import org.hikae.hk1.TextCodec;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lists of snapshots with heads, memory and roots, and what a restore is to make of them, in
 * docs/spec/vectors/series.json, made by series.py beside it from the specification alone
 * (HK1-S-07, HK1-S-13, HK1-S-14, HK1-V-19, HK1-D-01 to HK1-D-12, HK1-D-15).
 */
@EveryThirdRun
class SeriesVectorsTest {

  private static final SpecVectors ALL = SeriesScenario.VECTORS;
  private static final String SET = ALL.text("setId");

  /** What a person is asked to type for each question. */
  private static final Set<String> QUESTIONS =
      Stream.of(SnapshotChoice.Question.values())
          .map(each -> "freshness." + each.name().toLowerCase(Locale.ROOT) + "-type")
          .collect(Collectors.toSet());

  /** Each number twice, for two series. */
  private static final List<Long> EVERY_NUMBER =
      LongStream.range(0, 200).mapToObj(number -> number / 2).toList();

  @TempDir Path folder;

  private final BackupKey key =
      BackupKey.of(
          ALL.bytes("setId"), ALL.number("generation"), SpecVectors.of("device.json").secret("K"));

  @Test
  void what_opens_says_when_it_was_made_and_whether_it_is_signed() throws Exception {
    for (Map.Entry<String, JsonNode> each : ALL.at("snapshots").node().properties()) {
      try (SnapshotRootReader roots = roots(store(List.of()))) {
        Optional<SealedSnapshotInfo> sealedSnapshotInfo = roots.of(view(each.getKey(), null));
        JsonNode opens = each.getValue().required("opens");
        assertThat(sealedSnapshotInfo.isPresent()).as(each.getKey()).isEqualTo(!opens.isNull());
        if (sealedSnapshotInfo.isPresent()) {
          Instant started = Instant.ofEpochSecond(opens.required("started").longValue());
          assertThat(sealedSnapshotInfo.get().at()).isEqualTo(started);
          assertThat(sealedSnapshotInfo.get().signed())
              .isEqualTo(opens.required("signed").booleanValue());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.hikae.device.cli.snapshots.SeriesScenario#every")
  void the_command_decides_as_it_stands_there(SeriesScenario given) throws Exception {
    SpecVectors stands = given.all().at("decision");
    SeenSeriesHeads memory = memory(given);
    RestoreOutcome outcome;
    if (stands.text("then").equals("REFUSED")) {
      outcome = restores(given, memory, true, EVERY_NUMBER, key -> true);
      assertThat(outcome.snapshot()).as("no word helps").isNull();
      assertThat(!given.lacks() || outcome.refusal().startsWith("CORRUPT")).as("is wrong").isTrue();
    } else {
      outcome = restores(given, memory, given.list(), given.older(), QUESTIONS::contains);
      assertThat(outcome.refusal()).isEmpty();
      assertThat(outcome.snapshot()).isEqualTo(stands.text("snapshot"));
      assertThat(outcome.questions()).isEqualTo(given.questions());
    }
    assertThat(outcome.alarms()).isEqualTo(alarms(stands.at("alarms").node()));
    assertThat(outcome.lacksAPage()).isEqualTo(given.lacks());
  }

  /** HK1-D-02: what is held up goes on with all its words, and without any of them it does not. */
  @ParameterizedTest
  @MethodSource("org.hikae.device.cli.snapshots.SeriesScenario#withWords")
  void each_word_is_needed(SeriesScenario given) throws Exception {
    List<Long> older = given.older();
    if (given.list()) {
      SeenSeriesHeads memory = memory(given);
      List<String> before = places(memory);
      RestoreOutcome without = restores(given, memory, false, older, key -> true);
      assertThat(without.refusal()).isEqualTo("CORRUPT restore.regress");
      assertThat(places(memory)).as("it does not move before the word").isEqualTo(before);
    }
    for (int i = 0; i < older.size(); i++) {
      List<Long> others = new ArrayList<>(older);
      others.remove(i);
      RestoreOutcome without =
          restores(given, memory(given), given.list(), others, QUESTIONS::contains);
      assertThat(without.refusal()).isEqualTo("CORRUPT freshness.refused");
    }
    for (String question : given.questions()) {
      RestoreOutcome without =
          restores(
              given,
              memory(given),
              given.list(),
              older,
              key -> !key.equals("freshness." + question + "-type"));
      assertThat(without.refusal()).isEqualTo("REFUSED freshness." + question + "-refused");
    }
  }

  private static List<String> places(SeenSeriesHeads memory) throws Exception {
    return memory.heads(SET).entrySet().stream()
        .map(each -> each.getKey() + each.getValue().sequence() + each.getValue().stubHash())
        .sorted()
        .toList();
  }

  /** HK1-D-04, HK1-D-12. */
  @ParameterizedTest
  @MethodSource("org.hikae.device.cli.snapshots.SeriesScenario#every")
  void what_is_remembered_moves_on_and_forgets_no_signer(SeriesScenario given) throws Exception {
    SeenSeriesHeads memory = memory(given);
    Map<String, SeenSeriesHead> before = memory.heads(SET);
    Set<String> signers = memory.signers(SET);
    RestoreOutcome outcome =
        restores(given, memory, given.list(), given.older(), QUESTIONS::contains);
    Map<String, SeenSeriesHead> after = memory.heads(SET);
    assertThat(memory.signers(SET)).as("still sign").containsAll(signers);
    String own = given.device(given.all().text("reader"));
    before.forEach(
        (device, head) -> {
          assertThat(after).containsKey(device);
          SeenSeriesHead now = after.get(device);
          boolean stays = given.list() || given.lacks() || device.equals(own);
          assertThat(now.sequence() - head.sequence()).matches(by -> stays ? by == 0 : by >= 0);
        });
    if (given.lacks()) {
      assertThat(after).as("of a part no place is remembered").isEqualTo(before);
    }
    if (outcome.snapshot() != null && !given.list()) {
      SnapshotView chosen = view(outcome.snapshot(), given);
      boolean signed =
          ALL.at("snapshots", outcome.snapshot(), "opens").node().required("signed").booleanValue();
      if (signed) {
        assertThat(memory.signers(SET)).as("is known to sign").contains(chosen.deviceId());
      }
    }
  }

  /** HK1-D-11: who says that the portal was restored says nothing of whose it is. */
  @Test
  void what_the_portal_shows_after_the_word_that_it_was_restored_is_nobodys_work()
      throws Exception {
    SeriesScenario given =
        SeriesScenario.every()
            .filter(each -> each.toString().equals("seen and witnessed a later one"))
            .findAny()
            .orElseThrow();
    SeenSeriesHeads memory = memory(given);
    memory.accept(SET, given.names("shown").stream().map(n -> view(n, given)).toList());
    RestoreOutcome outcome = restores(given, memory, false, given.older(), QUESTIONS::contains);
    assertThat(outcome.snapshot()).isEqualTo("a4");
    assertThat(outcome.questions()).containsExactly("unsigned");

    SnapshotView next = view("a5", given);
    assertThat(memory.heads(SET).get(next.deviceId()).isTaken()).isTrue();
    memory.committed(next, false);
    assertThat(memory.heads(SET).get(next.deviceId()).isTaken()).as("it commits there").isFalse();
  }

  /** HK1-D-09: the list and the restore do not disagree about what is the newest. */
  @ParameterizedTest
  @MethodSource("org.hikae.device.cli.snapshots.SeriesScenario#ofAllSeries")
  void the_first_of_the_list_is_the_one_that_is_restored(SeriesScenario given) throws Exception {
    RestoreOutcome outcome = restores(given, memory(given), false, List.of(), key -> false);
    assertThat(outcome.first()).isEqualTo(outcome.snapshot());
  }

  @Test
  void of_a_later_form_it_is_said_that_a_later_agent_is_needed() throws Exception {
    SeriesScenario given =
        SeriesScenario.every()
            .filter(each -> each.toString().contains("a later form"))
            .findAny()
            .orElseThrow();
    RestoreOutcome later = restores(given, memory(given), false, given.older(), key -> false);
    assertThat(later.said()).contains("later version of the agent", "Update this agent");
    assertThat(later.events()).anyMatch(each -> each.path("laterForm").booleanValue());
    SeriesScenario damaged =
        SeriesScenario.every()
            .filter(each -> each.toString().contains("another key's"))
            .findAny()
            .orElseThrow();
    RestoreOutcome other = restores(damaged, memory(damaged), false, damaged.older(), key -> false);
    assertThat(other.said()).contains("does not open").doesNotContain("later version");
    assertThat(other.events()).noneMatch(each -> each.path("laterForm").booleanValue());
  }

  @Test
  void one_of_a_later_form_is_told_apart_from_one_that_is_damaged() throws Exception {
    try (SnapshotRootReader roots = roots(store(List.of("a5")))) {
      assertThat(roots.isLater(view("a6-later-form", null))).isTrue();
      for (String other : List.of("a4", "a5", "a6-of-another-key", "b4-no-key")) {
        assertThat(roots.isLater(view(other, null))).as(other).isFalse();
      }
    }
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

  /**
   * What a run of the command came to before it would write.
   *
   * @param events what it told a script
   * @param said what it told a person
   * @param refusal how and why it ended; empty when it would write
   * @param snapshot which it would write; null for none
   * @param first the first of the list that can be read
   */
  private record RestoreOutcome(
      List<JsonNode> events, String said, String refusal, String snapshot, String first) {

    Set<String> alarms() {
      Set<String> alarms = new TreeSet<>();
      for (JsonNode each : named("alarm")) {
        if (isOfList(each)) {
          continue;
        }
        alarms.add(
            alarm(
                each.required("fault").textValue(),
                each.required("deviceId").textValue(),
                each.required("sequence").longValue()));
      }
      return alarms;
    }

    boolean lacksAPage() {
      return named("alarm").stream().anyMatch(RestoreOutcome::isOfList);
    }

    private static boolean isOfList(JsonNode alarm) {
      return alarm.required("fault").textValue().equals("PAGE_WITHHELD");
    }

    List<String> questions() {
      return events.stream()
          .map(each -> each.required("event").textValue())
          .filter(event -> QUESTIONS.contains("freshness." + event + "-type"))
          .toList();
    }

    private List<JsonNode> named(String event) {
      return events.stream()
          .filter(each -> each.required("event").textValue().equals(event))
          .toList();
    }
  }

  /** Restores with what is given beforehand, and a person who answers so. */
  private RestoreOutcome restores(
      SeriesScenario given,
      SeenSeriesHeads memory,
      boolean list,
      List<Long> older,
      Predicate<String> person)
      throws Exception {
    AgentHarness device = AgentHarness.in(folder, Map.of());
    CommandOutput output = new CommandOutput(device.environment(), Messages.in("en"), true, false);
    ReadOnlyBackupStore store = store(given);
    SnapshotRootReader roots = roots(store);
    Clock clock = Clock.fixed(Instant.ofEpochSecond(given.all().number("now")), ZoneOffset.UTC);
    String reader = given.device(given.all().text("reader"));
    String[] request = given.all().text("request").split(" ", -1);
    boolean named = request[0].equals("named");
    String name = named ? view(request[1], given).snapshotId() : "latest";
    String of = !named && request.length > 1 ? given.device(request[1]) : null;
    SnapshotCatalog.AcceptedRisks acceptedRisks =
        new SnapshotCatalog.AcceptedRisks(list, older, false, (phrase, key) -> person.test(key));
    String refusal = "";
    String chosen = null;
    String first = null;
    try (SnapshotCatalog snapshots =
        new SnapshotCatalog(
            output,
            new SnapshotCatalog.CatalogContext(
                store, memory, reader, id -> id, SealedObjectCache.NONE),
            new FreshnessCheck(output, null, null, clock),
            roots,
            new SnapshotHistory.TrustedSeries(
                SET, memory.heads(SET), witnessed(given), memory.signers(SET)))) {
      List<SnapshotView> told = new ArrayList<>();
      first = first(snapshots);
      SnapshotChoice choice = snapshots.toRestore(name, of, acceptedRisks, told::add);
      assertThat(told).containsExactly(choice.view());
      // A restore ends where it opens the root.
      chosen = roots.of(choice.view()).isPresent() ? nameOf(choice.view()) : null;
    } catch (AgentException e) {
      refusal = e.result() + " " + e.key();
    }
    List<JsonNode> events = new ArrayList<>();
    for (String line : device.out().lines().toList()) {
      events.add(AgentJson.mapper().readTree(line));
    }
    return new RestoreOutcome(events, device.err(), refusal, chosen, first);
  }

  private static String first(SnapshotCatalog snapshots) throws Exception {
    List<SnapshotView> readable =
        snapshots.all().stream()
            .filter(view -> view.setId().equals(SET) && !view.removed())
            .toList();
    return readable.isEmpty() ? null : nameOf(snapshots.newestFirst(readable).getFirst());
  }

  private static String nameOf(SnapshotView view) {
    return ALL.at("snapshots").node().properties().stream()
        .filter(each -> each.getValue().required("stubHash").textValue().equals(view.stubHash()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private static SnapshotView view(String name, SeriesScenario given) {
    SpecVectors of = ALL.at("snapshots", name);
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
        Instant.parse("2031-01-01T00:00:00Z"),
        0,
        0,
        0,
        0,
        given == null ? null : releaseStatus(name, given));
  }

  private static ReleaseStatus releaseStatus(String name, SeriesScenario given) {
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    if (given.names("removed").contains(name)) {
      return new ReleaseStatus(ReleaseState.REMOVED, ReleaseCause.RETENTION, at, null, null, at);
    }
    return given.names("held").contains(name)
        ? new ReleaseStatus(ReleaseState.HELD, ReleaseCause.EMPLOYEE, at, null, at, null)
        : null;
  }

  /** What the vault has said; nothing when it is silent. */
  private static Optional<Map<String, org.hikae.vault.wire.SeriesHead>> witnessed(
      SeriesScenario given) {
    JsonNode vault = given.all().at("vault").node();
    if (vault.isNull()) {
      return Optional.empty();
    }
    Map<String, org.hikae.vault.wire.SeriesHead> heads = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : vault.properties()) {
      SpecVectors of = ALL.at("snapshots", each.getValue().required("snapshot").textValue());
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

  private SeenSeriesHeads memory(SeriesScenario given) throws Exception {
    StateFile file =
        new StateFile(AgentHome.of(Map.of("HIKAE_HOME", folder.toString()), "").create());
    String reader = given.all().text("reader");
    byte[] publicKey = ALL.bytes("devices", reader, "publicKey");
    SignInProfile profile = new SignInProfile("", "", "", "", "", null, null, null);
    DeviceKeyPair pair = new DeviceKeyPair(reader, "", TextCodec.base64(publicKey));
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
    AgentState remembered = state;
    file.replace(newest -> remembered);
    return new SeenSeriesHeads(file);
  }

  private static SeenSeriesHead head(JsonNode remembered) {
    SpecVectors of = ALL.at("snapshots", remembered.required("snapshot").textValue());
    SeenSeriesHead head = new SeenSeriesHead(of.number("sequence"), of.text("stubHash"), null);
    if (remembered.path("gone").booleanValue()) {
      return head.gone();
    }
    return remembered.path("accepted").booleanValue() ? head.taken() : head;
  }

  private static ReadOnlyBackupStore store(SeriesScenario given) {
    List<SnapshotView> shown = given.names("shown").stream().map(n -> view(n, given)).toList();
    ReadOnlyBackupStore store = store(given.names("withheld")).shows(shown);
    if (given.lacks()) {
      store.lacksAPage();
    }
    for (Map.Entry<String, JsonNode> each : given.all().node().path("instead").properties()) {
      byte[] object = HexFormat.of().parseHex(each.getValue().textValue());
      store.instead(ALL.hash("snapshots", each.getKey(), "root"), object);
    }
    return store;
  }

  private static ReadOnlyBackupStore store(List<String> withheld) {
    List<byte[]> objects = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : ALL.at("snapshots").node().properties()) {
      if (!withheld.contains(each.getKey())) {
        String object = each.getValue().required("rootObject").textValue();
        objects.add(HexFormat.of().parseHex(object));
      }
    }
    return new ReadOnlyBackupStore(objects, new byte[0]);
  }

  private SnapshotRootReader roots(ReadOnlyBackupStore store) {
    Map<Long, BackupKey> keys = new HashMap<>(Map.of(key.generation(), key.copy()));
    return new SnapshotRootReader(
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
