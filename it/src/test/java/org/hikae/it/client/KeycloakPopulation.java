package org.hikae.it.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.it.stack.KeycloakServer;

/** Thousands of people at Keycloak in departments, and what Keycloak says about all of them. */
public final class KeycloakPopulation {

  private static final int BATCH = 500;
  private static final int PAGE = 1000;

  private final KeycloakServer keycloak;

  /** The people of this Keycloak. */
  public KeycloakPopulation(KeycloakServer keycloak) {
    this.keycloak = keycloak;
  }

  /**
   * Departments {@code dept-0} and so on, and people {@code crowd-0} and so on, spread over them.
   */
  public void gather(int people, int departments) throws IOException, InterruptedException {
    for (int i = 0; i < departments; i++) {
      keycloak.admin("POST", "/groups", Map.of("name", "dept-" + i));
    }
    for (int first = 0; first < people; first += BATCH) {
      List<Map<String, Object>> users = new ArrayList<>();
      for (int i = first; i < Math.min(people, first + BATCH); i++) {
        users.add(
            Map.of(
                "username",
                "crowd-" + i,
                "enabled",
                true,
                "email",
                "crowd-" + i + "@example.com",
                "firstName",
                "Crowd",
                "lastName",
                "Number " + i,
                "groups",
                List.of("/dept-" + i % departments)));
      }
      keycloak.admin("POST", "/partialImport", Map.of("ifResourceExists", "FAIL", "users", users));
    }
  }

  /** Identifiers by user name, those of the demo people and others too. */
  public Map<String, String> ids() throws IOException, InterruptedException {
    Map<String, String> ids = new HashMap<>();
    for (JsonNode user : users()) {
      ids.put(user.get("username").asText(), user.get("id").asText());
    }
    return ids;
  }

  /** A line for each person: identifier, user name, mail, whether enabled, groups. */
  public Map<String, String> truth() throws IOException, InterruptedException {
    Map<String, Set<String>> groups = new HashMap<>();
    collect("/groups", groups);
    Map<String, String> people = new TreeMap<>();
    for (JsonNode user : users()) {
      String id = user.get("id").asText();
      people.put(
          id,
          user.get("username").asText()
              + " "
              + user.path("email").asText()
              + " "
              + (user.get("enabled").asBoolean() ? "ENABLED" : "DISABLED")
              + " "
              + groups.getOrDefault(id, new TreeSet<>()));
    }
    return people;
  }

  private void collect(String path, Map<String, Set<String>> groups)
      throws IOException, InterruptedException {
    for (JsonNode group : keycloak.admin("GET", path + "?first=0&max=" + PAGE, Map.of())) {
      String id = group.get("id").asText();
      for (JsonNode member : paged("/groups/" + id + "/members?briefRepresentation=true&")) {
        groups
            .computeIfAbsent(member.get("id").asText(), _ -> new TreeSet<>())
            .add(group.get("path").asText());
      }
      if (group.path("subGroupCount").asInt() > 0) {
        collect("/groups/" + id + "/children", groups);
      }
    }
  }

  private List<JsonNode> users() throws IOException, InterruptedException {
    return paged("/users?briefRepresentation=true&");
  }

  private List<JsonNode> paged(String path) throws IOException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    int size;
    do {
      size = all.size();
      keycloak.admin("GET", path + "first=" + size + "&max=" + PAGE, Map.of()).forEach(all::add);
    } while (all.size() - size == PAGE);
    return all;
  }
}
