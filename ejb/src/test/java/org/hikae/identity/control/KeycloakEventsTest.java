package org.hikae.identity.control;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is read out of Keycloak's events: only whom to ask about. */
class KeycloakEventsTest {

  private final KeycloakEvents events = new KeycloakEvents();

  @Test
  void an_event_of_an_administrator_names_a_person_or_a_group() {
    events.admin(admin("users/a", "UPDATE"));
    events.admin(admin("users/b/groups/g", "CREATE"));
    events.admin(admin("groups/h", "UPDATE"));
    events.admin(admin("groups/i/children", "CREATE"));

    assertThat(events.changes())
        .isEqualTo(new DirectoryChanges(names("a", "b"), names("h", "i"), true));
  }

  @Test
  void a_person_alone_moves_no_group() {
    events.admin(admin("users/a", "UPDATE"));
    assertThat(events.changes().paths()).isFalse();
  }

  @Test
  void a_group_that_is_gone_is_not_asked_about_but_paths_may_have_changed() {
    events.admin(admin("groups/h", "DELETE"));
    assertThat(events.changes()).isEqualTo(new DirectoryChanges(names(), names(), true));
  }

  @Test
  void a_group_that_moves_to_the_top_has_no_number() {
    events.admin(admin("groups", "UPDATE"));
    assertThat(events.changes()).isEqualTo(new DirectoryChanges(names(), names(), true));
  }

  @Test
  void what_names_nobody_changes_nothing() {
    events.admin(admin("clients/c", "UPDATE"));
    events.admin(admin("groupsandmore", "UPDATE"));
    events.admin(Json.createObjectBuilder().build());
    events.user(Json.createObjectBuilder().build());

    assertThat(events.changes()).isEqualTo(new DirectoryChanges(names(), names(), false));
  }

  @Test
  void an_event_of_a_person_names_them() {
    events.user(Json.createObjectBuilder().add("userId", "a").build());
    assertThat(events.changes().subjects()).containsExactly("a");
  }

  @Test
  void types_are_asked_for_one_by_one() {
    assertThat(KeycloakEvents.query("type", List.of("A", "B"))).isEqualTo("type=A&type=B&");
  }

  private static JsonObject admin(String path, String operation) {
    return Json.createObjectBuilder()
        .add("resourcePath", path)
        .add("operationType", operation)
        .build();
  }

  private static Set<String> names(String... names) {
    return Set.of(names);
  }
}
