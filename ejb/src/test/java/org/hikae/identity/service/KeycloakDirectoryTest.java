package org.hikae.identity.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.identity.service.FakeKeycloak.ADMIN;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.identity.control.DirectoryChanges;
import org.hikae.identity.control.DirectoryPerson;
import org.hikae.runtime.service.KeycloakAdminClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads a directory from a server that answers as Keycloak 26 does. */
class KeycloakDirectoryTest {

  private FakeKeycloak keycloak;
  private KeycloakDirectory directory;

  @BeforeEach
  void start() throws IOException {
    keycloak = new FakeKeycloak();
    directory = keycloak.directory();
  }

  @AfterEach
  void stop() {
    keycloak.close();
  }

  @Test
  void people_are_read_with_their_names_and_state() throws IOException {
    keycloak.answer(
        ADMIN + "/users?briefRepresentation=true&first=0&max=1000",
        """
        [{"id":"1","username":"aiko","firstName":"Aiko","lastName":"Sato","email":"a@x","enabled":true},
         {"id":"2","username":"bot","enabled":false}]""");
    assertThat(directory.people(0))
        .containsExactly(
            new DirectoryPerson("1", "aiko", "Aiko Sato", "a@x", true),
            new DirectoryPerson("2", "bot", "bot", null, false));
  }

  @Test
  void groups_are_read_with_their_children() throws IOException {
    keycloak.answer(
        ADMIN + "/groups?first=0&max=1000",
        "[{\"id\":\"g1\",\"path\":\"/sales\",\"subGroupCount\":1},"
            + "{\"id\":\"g2\",\"path\":\"/it\",\"subGroupCount\":0}]");
    keycloak.answer(
        ADMIN + "/groups/g1/children?first=0&max=1000",
        "[{\"id\":\"g3\",\"path\":\"/sales/emea\",\"subGroupCount\":0}]");
    members("g1", "[{\"id\":\"1\"}]");
    members("g2", "[]");
    members("g3", "[{\"id\":\"1\"},{\"id\":\"2\"}]");
    assertThat(directory.groupsBySubject(() -> {}))
        .isEqualTo(Map.of("1", Set.of("/sales", "/sales/emea"), "2", Set.of("/sales/emea")));
  }

  private void members(String group, String json) {
    keycloak.answer(
        ADMIN + "/groups/" + group + "/members?briefRepresentation=true&first=0&max=1000", json);
  }

  @Test
  void the_issuer_is_what_keycloak_says_not_the_address() throws IOException {
    assertThat(directory.issuer()).isEqualTo(FakeKeycloak.ISSUER);
  }

  @Test
  void an_account_exists_until_keycloak_says_404() throws IOException {
    keycloak.answer(ADMIN + "/users/1", "{}");
    assertThat(directory.exists("1")).isTrue();
    assertThat(directory.exists("2")).isFalse();
  }

  @Test
  void a_role_is_had_by_who_is_there_and_enabled() throws IOException {
    String roles = "[{\"name\":\"employee\"},{\"name\":\"backup-admin\"}]";
    for (String id : List.of("1", "2", "3")) {
      keycloak.answer(ADMIN + "/users/" + id + "/role-mappings/realm/composite", roles);
    }
    keycloak.answer(ADMIN + "/users/1", "{\"enabled\":true}");
    keycloak.answer(ADMIN + "/users/2", "{\"enabled\":false}");
    keycloak.answer(ADMIN + "/users/4", "{\"enabled\":true}");
    assertThat(directory.hasRole("1", "backup-admin")).isTrue();
    assertThat(directory.hasRole("1", "auditor")).isFalse();
    assertThat(directory.hasRole("2", "backup-admin")).as("disabled").isFalse();
    assertThat(directory.hasRole("3", "backup-admin")).as("gone").isFalse();
    assertThat(directory.hasRole("4", "backup-admin")).as("gone meanwhile").isFalse();
    assertThatThrownBy(() -> directory.hasRole("../1", "backup-admin"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_group_is_found_by_its_path_alone() throws IOException {
    keycloak.answer(ADMIN + "/group-by-path/R%26D%20%2B/%E5%96%B6%E6%A5%AD", "{}");
    keycloak.answer(ADMIN + "/users", "{}");
    assertThat(directory.hasGroup("/R&D +/営業")).isTrue();
    assertThat(directory.hasGroup("/R&D +")).isFalse();
    assertThat(directory.hasGroup("/../users")).isFalse();
    assertThat(directory.hasGroup("/R&D +/./営業")).isFalse();
  }

  @Test
  void without_a_secret_nobody_can_be_asked() {
    URI realm = URI.create("http://127.0.0.1:1/realms/hikae");
    assertThat(directory.canBeAsked()).isTrue();
    assertThat(
            new KeycloakDirectory(new KeycloakAdminClient(realm, "hikae-directory", ""))
                .canBeAsked())
        .isFalse();
  }

  @Test
  void one_account_is_read_with_its_groups_and_one_that_is_gone_has_none() throws IOException {
    keycloak.answer(ADMIN + "/users/1", "{\"id\":\"1\",\"username\":\"aiko\",\"enabled\":true}");
    keycloak.answer(
        ADMIN + "/users/1/groups?briefRepresentation=true&first=0&max=5000",
        "[{\"id\":\"g1\",\"path\":\"/sales\"}]");
    assertThat(directory.person("1"))
        .contains(new DirectoryPerson("1", "aiko", "aiko", null, true));
    assertThat(directory.groupsOf("1")).containsExactly("/sales");
    assertThat(directory.person("2")).isEmpty();
    assertThat(directory.groupsOf("2")).isEmpty();
    assertThat(directory.membersBelow("g9", () -> {})).isEmpty();
  }

  @Test
  void events_name_people_and_groups_and_nothing_else() throws IOException {
    keycloak.answer(
        ADMIN + "/events/config", "{\"adminEventsEnabled\":true,\"eventsEnabled\":true}");
    keycloak.answer(
        ADMIN
            + "/admin-events?resourceTypes=USER&resourceTypes=GROUP&resourceTypes=GROUP_MEMBERSHIP"
            + "&resourceTypes=REALM&direction=asc&dateFrom=5000&first=0&max=1000",
        """
        [{"operationType":"UPDATE","resourcePath":"users/1"},
         {"operationType":"CREATE","resourcePath":"users/2/groups/g1"},
         {"operationType":"UPDATE","resourcePath":"groups/g2/children"},
         {"operationType":"DELETE","resourcePath":"groups/g3"},
         {"operationType":"UPDATE","resourcePath":"events/config"}]""");
    keycloak.answer(
        ADMIN
            + "/events?type=REGISTER&type=UPDATE_PROFILE&type=UPDATE_EMAIL&type=DELETE_ACCOUNT"
            + "&type=USER_DISABLED_BY_PERMANENT_LOCKOUT&direction=asc&dateFrom=5000&first=0&max=1000",
        "[{\"type\":\"UPDATE_EMAIL\",\"userId\":\"3\"},{\"type\":\"REGISTER\"}]");
    assertThat(directory.changesSince(Instant.ofEpochSecond(5)))
        .contains(new DirectoryChanges(Set.of("1", "2", "3"), Set.of("g2"), true));
  }

  @Test
  void a_realm_without_events_says_so_and_is_not_taken_for_one_without_changes() {
    keycloak.answer(ADMIN + "/events/config", "{\"adminEventsEnabled\":false}");
    assertThatThrownBy(() -> directory.changesSince(Instant.EPOCH))
        .isInstanceOf(KeycloakDirectory.EventsDisabledException.class);
  }

  @Test
  void ids_of_an_unknown_form_never_reach_a_path() {
    assertThatThrownBy(() -> directory.exists("../clients")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> directory.exists("1?x=y")).isInstanceOf(IOException.class);
  }

  @Test
  void failures_name_the_status_and_no_token() {
    assertThatThrownBy(() -> directory.people(0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("404")
        .hasMessageNotContaining("t0ken");
    keycloak.answer(ADMIN + "/users?briefRepresentation=true&first=0&max=1000", "not json");
    assertThatThrownBy(() -> directory.people(0)).isInstanceOf(IOException.class);
  }
}
