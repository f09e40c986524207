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
import org.hikae.backup.wire.Fate;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.Json;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.command.Output;
import org.hikae.device.cli.harness.TestSurroundings;
import org.hikae.device.history.Choice;
import org.hikae.device.history.Made;
import org.hikae.device.history.Newest;
import org.hikae.device.history.Roots;
import org.hikae.device.history.SeriesMemory;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.DeviceKeyPair;
import org.hikae.device.state.Profile;
import org.hikae.device.state.SeriesHead;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.vectors.GivenStore;
import org.hikae.device.vectors.Vectors;
import org.hikae.hk1.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lists of snapshots with heads, memory and roots, and what a restore is to make of them, in
 * docs/spec/vectors/series.json, made by series.py beside it from the specification alone
 * (HK1-S-07, HK1-S-13, HK1-S-14, HK1-V-19, HK1-D-01 to HK1-D-12, HK1-D-15).
 */
class SeriesVectorsTest {

  private static final Vectors ALL = Vectors.of("series.json");
  private static final String SET = ALL.text("setId");

  /** What a person is asked to type for each question. */
  private static final Set<String> QUESTIONS =
      Stream.of(Choice.Question.values())
          .map(each -> "freshness." + each.name().toLowerCase(Locale.ROOT) + "-type")
          .collect(Collectors.toSet());

  /** Each number twice, for two series. */
  private static final List<Long> EVERY_NUMBER =
      LongStream.range(0, 200).mapToObj(number -> number / 2).toList();

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

    /** Those that are held up until a person has said something. */
    static Stream<Case> withWords() {
      return every().filter(each -> !each.words().isEmpty());
    }

    /** Those that restore the newest of all series without any word. */
    static Stream<Case> ofAllSeries() {
      return every()
          .filter(each -> each.all.text("reader").equals("X"))
          .filter(each -> each.all.text("request").equals("latest"))
          .filter(each -> each.all.at("decision").text("then").equals("RESTORE"));
    }

    /** The words that it takes, in their order. */
    List<String> words() {
      return all.at("decision", "words").node().valueStream().map(JsonNode::textValue).toList();
    }

    boolean list() {
      return words().contains("list");
    }

    List<Long> older() {
      return words().stream()
          .filter(word -> word.startsWith("older "))
          .map(word -> Long.valueOf(word.substring("older ".length())))
          .toList();
    }

    List<String> questions() {
      return words().stream()
          .filter(word -> !word.equals("list") && !word.startsWith("older "))
          .toList();
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
  @MethodSource("org.hikae.device.cli.snapshots.SeriesVectorsTest$Case#every")
  void the_command_decides_as_it_stands_there(Case given) throws Exception {
    Vectors stands = given.all().at("decision");
    SeriesMemory memory = memory(given);
    Outcome outcome;
    if (stands.text("then").equals("REFUSED")) {
      outcome = restores(given, memory, true, EVERY_NUMBER, key -> true);
      assertThat(outcome.snapshot()).as("no word helps").isNull();
    } else {
      outcome = restores(given, memory, given.list(), given.older(), QUESTIONS::contains);
      assertThat(outcome.refusal()).isEmpty();
      assertThat(outcome.snapshot()).isEqualTo(stands.text("snapshot"));
      assertThat(outcome.questions()).isEqualTo(given.questions());
    }
    assertThat(outcome.alarms()).isEqualTo(alarms(stands.at("alarms").node()));
  }

  /** HK1-D-02: what is held up goes on with all its words, and without any of them it does not. */
  @ParameterizedTest
  @MethodSource("org.hikae.device.cli.snapshots.SeriesVectorsTest$Case#withWords")
  void each_word_is_needed(Case given) throws Exception {
    List<Long> older = given.older();
    if (given.list()) {
      SeriesMemory memory = memory(given);
      List<String> before = places(memory);
      Outcome without = restores(given, memory, false, older, key -> true);
      assertThat(without.refusal()).isEqualTo("CORRUPT restore.regress");
      assertThat(places(memory)).as("it does not move before the word").isEqualTo(before);
    }
    for (int i = 0; i < older.size(); i++) {
      List<Long> others = new ArrayList<>(older);
      others.remove(i);
      Outcome without = restores(given, memory(given), given.list(), others, QUESTIONS::contains);
      assertThat(without.refusal()).isEqualTo("CORRUPT freshness.refused");
    }
    for (String question : given.questions()) {
      Outcome without =
          restores(
              given,
              memory(given),
              given.list(),
              older,
              key -> !key.equals("freshness." + question + "-type"));
      assertThat(without.refusal()).isEqualTo("REFUSED freshness." + question + "-refused");
    }
  }

  private static List<String> places(SeriesMemory memory) throws Exception {
    return memory.heads(SET).entrySet().stream()
        .map(each -> each.getKey() + each.getValue().sequence() + each.getValue().stubHash())
        .sorted()
        .toList();
  }

  /** HK1-D-12. */
  @ParameterizedTest
  @MethodSource("org.hikae.device.cli.snapshots.SeriesVectorsTest$Case#every")
  void what_is_remembered_moves_on_and_forgets_no_signer(Case given) throws Exception {
    SeriesMemory memory = memory(given);
    Map<String, SeriesHead> before = memory.heads(SET);
    Set<String> signers = memory.signers(SET);
    Outcome outcome = restores(given, memory, given.list(), given.older(), QUESTIONS::contains);
    Map<String, SeriesHead> after = memory.heads(SET);
    assertThat(memory.signers(SET)).as("still sign").containsAll(signers);
    String own = given.device(given.all().text("reader"));
    before.forEach(
        (device, head) -> {
          assertThat(after).containsKey(device);
          SeriesHead now = after.get(device);
          boolean stays = given.list() || device.equals(own);
          assertThat(now.sequence() - head.sequence()).matches(by -> stays ? by == 0 : by >= 0);
        });
    if (outcome.snapshot() != null
        && !given.list()
        && given.all().text("request").equals("latest")) {
      SnapshotView chosen = view(outcome.snapshot(), given);
      boolean signed =
          ALL.at("snapshots", outcome.snapshot(), "opens").node().required("signed").booleanValue();
      if (signed) {
        assertThat(memory.signers(SET)).as("is known to sign").contains(chosen.deviceId());
      }
    }
  }

  /** HK1-D-09: the list and the restore do not disagree about what is the newest. */
  @ParameterizedTest
  @MethodSource("org.hikae.device.cli.snapshots.SeriesVectorsTest$Case#ofAllSeries")
  void the_first_of_the_list_is_the_one_that_is_restored(Case given) throws Exception {
    Outcome outcome = restores(given, memory(given), false, List.of(), key -> false);
    assertThat(outcome.first()).isEqualTo(outcome.snapshot());
  }

  @Test
  void of_a_later_form_it_is_said_that_a_later_agent_is_needed() throws Exception {
    Case given =
        Case.every()
            .filter(each -> each.toString().contains("a later form"))
            .findAny()
            .orElseThrow();
    Outcome later = restores(given, memory(given), false, given.older(), key -> false);
    assertThat(later.said()).contains("later version of the agent", "Update this agent");
    assertThat(later.events()).anyMatch(each -> each.path("laterForm").booleanValue());
    Case damaged =
        Case.every()
            .filter(each -> each.toString().contains("another key's"))
            .findAny()
            .orElseThrow();
    Outcome other = restores(damaged, memory(damaged), false, damaged.older(), key -> false);
    assertThat(other.said()).contains("does not open").doesNotContain("later version");
    assertThat(other.events()).noneMatch(each -> each.path("laterForm").booleanValue());
  }

  @Test
  void one_of_a_later_form_is_told_apart_from_one_that_is_damaged() throws Exception {
    try (Roots roots = roots(store(List.of("a5")))) {
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
  private record Outcome(
      List<JsonNode> events, String said, String refusal, String snapshot, String first) {

    Set<String> alarms() {
      Set<String> alarms = new TreeSet<>();
      for (JsonNode each : named("alarm")) {
        alarms.add(
            alarm(
                each.required("fault").textValue(),
                each.required("deviceId").textValue(),
                each.required("sequence").longValue()));
      }
      return alarms;
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
  private Outcome restores(
      Case given, SeriesMemory memory, boolean list, List<Long> older, Predicate<String> person)
      throws Exception {
    TestSurroundings device = TestSurroundings.in(folder, Map.of());
    Output output = new Output(device.surroundings(), Messages.in("en"), true, false);
    GivenStore store = store(given);
    Roots roots = roots(store);
    Clock clock = Clock.fixed(Instant.ofEpochSecond(given.all().number("now")), ZoneOffset.UTC);
    String reader = given.device(given.all().text("reader"));
    String[] request = given.all().text("request").split(" ", -1);
    boolean named = request[0].equals("named");
    String name = named ? view(request[1], given).snapshotId() : "latest";
    String of = !named && request.length > 1 ? given.device(request[1]) : null;
    Snapshots.Words words =
        new Snapshots.Words(list, older, false, (phrase, key) -> person.test(key));
    String refusal = "";
    String chosen = null;
    String first = null;
    try (Snapshots snapshots =
        new Snapshots(
            output,
            new Snapshots.From(store, memory, reader, id -> id),
            new Freshness(output, null, null, clock),
            roots,
            new Newest.Known(SET, memory.heads(SET), witnessed(given), memory.signers(SET)))) {
      List<SnapshotView> told = new ArrayList<>();
      first = first(snapshots);
      Choice choice = snapshots.toRestore(name, of, words, told::add);
      assertThat(told).containsExactly(choice.view());
      // A restore ends where it opens the root.
      chosen = roots.of(choice.view()).isPresent() ? nameOf(choice.view()) : null;
    } catch (AgentException e) {
      refusal = e.result() + " " + e.key();
    }
    List<JsonNode> events = new ArrayList<>();
    for (String line : device.out().lines().toList()) {
      events.add(Json.mapper().readTree(line));
    }
    return new Outcome(events, device.err(), refusal, chosen, first);
  }

  private static String first(Snapshots snapshots) throws Exception {
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
    AgentState remembered = state;
    file.replace(newest -> remembered);
    return new SeriesMemory(file);
  }

  private static SeriesHead head(JsonNode remembered) {
    Vectors of = ALL.at("snapshots", remembered.required("snapshot").textValue());
    SeriesHead head = new SeriesHead(of.number("sequence"), of.text("stubHash"), null);
    return remembered.path("gone").booleanValue() ? head.gone() : head;
  }

  private static GivenStore store(Case given) {
    List<SnapshotView> shown = given.names("shown").stream().map(n -> view(n, given)).toList();
    GivenStore store = store(given.names("withheld")).shows(shown);
    for (Map.Entry<String, JsonNode> each : given.all().node().path("instead").properties()) {
      byte[] object = HexFormat.of().parseHex(each.getValue().textValue());
      store.instead(ALL.hash("snapshots", each.getKey(), "root"), object);
    }
    return store;
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
