package org.hikae.identity.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hikae.identity.control.DirectoryPerson;
import org.hikae.identity.service.FakeKeycloak;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written of a directory that changes while it is read: groups first, then people. */
class DirectoryReaderTest {

  private static final String SALES = "/sales";
  private static final String MEMBERS = "/groups/g1/members?briefRepresentation=true&first=0";
  private static final String GROUPS = "/groups?briefRepresentation=true&first=0&max=5000";

  private final Portal portal = new Portal();
  private final List<String> accounts = new ArrayList<>();
  private FakeKeycloak keycloak;
  private DirectoryReader directoryReader;

  /** What the portal knows: of each person the groups. */
  private static final class Portal extends DirectoryWriter {

    private final Map<String, Set<String>> groups = new HashMap<>();

    @Override
    public Applied apply(
        String issuer, List<DirectoryPerson> page, Map<String, Set<String>> read, Instant at) {
      page.forEach(one -> groups.put(one.subject(), read.getOrDefault(one.subject(), Set.of())));
      return new Applied(0, 0, List.of());
    }

    @Override
    public List<String> groupless(String issuer, Collection<String> subjects) {
      return subjects.stream().filter(one -> Set.of().equals(groups.get(one))).toList();
    }

    @Override
    public List<KnownEmployee> knownAmong(String issuer, Collection<String> subjects) {
      return subjects.stream()
          .filter(groups::containsKey)
          .map(one -> new KnownEmployee(1, one, true))
          .toList();
    }

    @Override
    public List<KnownEmployee> knownAfter(String issuer, long employeeId) {
      return List.of();
    }
  }

  /** Nobody leaves. */
  private static final class Nobody extends LeaverDetectionSteps {

    @Override
    public DetectedLeavers decide(
        String issuer, List<DirectoryWriter.FoundLeaver> foundLeaver, boolean complete) {
      return new DetectedLeavers(List.of(), 0);
    }
  }

  @BeforeEach
  void start() throws IOException {
    keycloak = new FakeKeycloak();
    directoryReader = new DirectoryReader(keycloak.directory(), portal, new Nobody());
    answer(
        "/groups?first=0&max=1000",
        "[{\"id\":\"g1\",\"path\":\"" + SALES + "\",\"subGroupCount\":0}]");
    answer(MEMBERS + "&max=1000", "[]");
  }

  @AfterEach
  void stop() {
    keycloak.close();
  }

  private void answer(String path, String json) {
    keycloak.answer(FakeKeycloak.ADMIN + path, json);
  }

  /** Makes an account in these groups, of whom those tell who were asked about it before. */
  private void account(String id, String... groups) {
    accounts.add("{\"id\":\"" + id + "\",\"username\":\"" + id + "\",\"enabled\":true}");
    answer(people(0), accounts.toString());
    answer(people(accounts.size()), "[]");
    answer(groupsOf(id), Stream.of(groups).map(DirectoryReaderTest::named).toList().toString());
  }

  private static String named(String group) {
    return "{\"path\":\"" + group + "\"}";
  }

  private static String people(int first) {
    return "/users?briefRepresentation=true&first=" + first + "&max=1000";
  }

  private static String groupsOf(String id) {
    return "/users/" + id + GROUPS;
  }

  /** Between the groups, which have been read, and the people. */
  private void meanwhile(Runnable happens) {
    keycloak.before(FakeKeycloak.ADMIN + people(0), happens);
  }

  private void read() throws IOException {
    directoryReader.everybody(
        new DirectoryReader.Pass(FakeKeycloak.ISSUER, Instant.EPOCH, () -> {}), null);
  }

  @Test
  void whose_account_is_made_and_who_signs_in_meanwhile_keeps_their_groups() throws IOException {
    meanwhile(
        () -> {
          account("late", SALES);
          // Their token names them at their first request.
          portal.groups.put("late", Set.of(SALES));
        });
    read();
    assertThat(portal.groups).containsExactly(Map.entry("late", Set.of(SALES)));
  }

  @Test
  void whose_account_is_made_meanwhile_gets_their_groups() throws IOException {
    meanwhile(() -> account("late", SALES));
    read();
    assertThat(portal.groups).containsExactly(Map.entry("late", Set.of(SALES)));
  }

  @Test
  void who_is_taken_out_of_their_last_group_loses_it() throws IOException {
    portal.groups.put("moved", Set.of(SALES));
    account("moved");
    read();
    assertThat(portal.groups).containsExactly(Map.entry("moved", Set.of()));
  }

  @Test
  void who_was_in_no_group_and_is_in_none_is_not_asked_about() throws IOException {
    portal.groups.put("alone", Set.of());
    account("alone");
    read();
    assertThat(keycloak.asked()).doesNotContain(FakeKeycloak.ADMIN + groupsOf("alone"));
  }
}
