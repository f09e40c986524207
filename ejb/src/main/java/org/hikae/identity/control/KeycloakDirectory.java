package org.hikae.identity.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.caller.boundary.PersonName;
import org.hikae.identity.wire.Realm;
import org.hikae.runtime.control.KeycloakAccount;
import org.hikae.runtime.control.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Keycloak's directory as the service account {@link Realm#DIRECTORY_CLIENT} may read it: people
 * and their groups, page by page.
 */
@ApplicationScoped
public class KeycloakDirectory {

  /** People or groups in one request. */
  static final int PAGE = 200;

  /** Most groups that are read. */
  static final int MAX_GROUPS = 5_000;

  /** Most members of one group that are read. */
  static final int MAX_MEMBERS = 200_000;

  private final @Nullable KeycloakAccount account;

  /** For the container's proxies. */
  protected KeycloakDirectory() {
    this.account = null;
  }

  /** The directory of the realm that the settings name. */
  @Inject
  public KeycloakDirectory(Settings settings) {
    this(
        new KeycloakAccount(
            settings.realmUrl(), Realm.DIRECTORY_CLIENT, settings.directorySecret()));
  }

  KeycloakDirectory(KeycloakAccount account) {
    this.account = account;
  }

  /** The issuer that the realm's tokens name. */
  public String issuer() throws IOException {
    return account().issuer();
  }

  /**
   * A page of people, from position {@code first}; empty at the end. Service accounts are not among
   * them.
   */
  public List<DirectoryPerson> people(int first) throws IOException {
    String path = "/users?briefRepresentation=true&first=" + first + "&max=" + PAGE;
    List<DirectoryPerson> people = new ArrayList<>();
    for (JsonObject user : objects(account().get(account().token(), path).asJsonArray())) {
      people.add(person(user));
    }
    return people;
  }

  /** Whether the account still exists. */
  public boolean exists(String subject) throws IOException {
    int status = account().status(account().token(), "/users/" + plainId(subject));
    if (status != 200 && status != 404) {
      throw new IOException("Keycloak answered " + status + " about one account");
    }
    return status == 200;
  }

  /** Group paths of everybody who is in a group. */
  public Map<String, Set<String>> groupsBySubject() throws IOException {
    Map<String, Set<String>> groups = new HashMap<>();
    Deque<JsonObject> waiting = new ArrayDeque<>(paged("/groups?", MAX_GROUPS));
    int read = 0;
    while (!waiting.isEmpty() && read++ < MAX_GROUPS) {
      JsonObject group = waiting.remove();
      String id = plainId(group.getString("id"));
      for (JsonObject member :
          paged("/groups/" + id + "/members?briefRepresentation=true&", MAX_MEMBERS)) {
        groups
            .computeIfAbsent(member.getString("id"), subject -> new HashSet<>())
            .add(group.getString("path"));
      }
      if (group.getInt("subGroupCount", 0) > 0) {
        waiting.addAll(paged("/groups/" + id + "/children?", MAX_GROUPS));
      }
    }
    return groups;
  }

  private List<JsonObject> paged(String pathAndMark, int most) throws IOException {
    List<JsonObject> all = new ArrayList<>();
    String token = account().token();
    while (all.size() < most) {
      String path = pathAndMark + "first=" + all.size() + "&max=" + PAGE;
      List<JsonObject> page = objects(account().get(token, path).asJsonArray());
      all.addAll(page);
      if (page.size() < PAGE) {
        break;
      }
    }
    return all;
  }

  private KeycloakAccount account() {
    if (account == null) {
      throw new IllegalStateException("A proxy was used as a directory");
    }
    return account;
  }

  static DirectoryPerson person(JsonObject user) {
    String username = user.getString("username");
    String name = PersonName.of(user.getString("firstName", ""), user.getString("lastName", ""));
    return new DirectoryPerson(
        user.getString("id"),
        username,
        name.isEmpty() ? username : name,
        user.getString("email", null),
        user.getBoolean("enabled", false));
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonValue::asJsonObject).toList();
  }

  /**
   * Keycloak's ids are UUIDs or, from federated directories, {@code f:…}; nothing else goes into a
   * path.
   */
  private static String plainId(String id) throws IOException {
    if (!id.matches("[A-Za-z0-9:._-]{1,255}")) {
      throw new IOException("Keycloak named an account or group by an id of an unknown form");
    }
    return id;
  }
}
