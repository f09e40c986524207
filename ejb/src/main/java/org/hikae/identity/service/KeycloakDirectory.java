package org.hikae.identity.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.caller.control.PersonName;
import org.hikae.identity.control.DirectoryChanges;
import org.hikae.identity.control.DirectoryPerson;
import org.hikae.identity.control.KeycloakEvents;
import org.hikae.identity.wire.RealmNames;
import org.hikae.runtime.service.KeycloakAdminClient;
import org.hikae.runtime.service.KeycloakRefusalException;
import org.hikae.runtime.service.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Keycloak's directory as the service account {@link RealmNames#DIRECTORY_CLIENT} may read it:
 * people and their groups, page by page.
 */
@ApplicationScoped
public class KeycloakDirectory {

  /** People or groups in one request. */
  static final int PAGE = 1000;

  /** Most events that are read; who changed more reads everybody. */
  static final int MAX_EVENTS = 10_000;

  private static final int NOT_FOUND = 404;

  /** Most groups that are read. */
  static final int MAX_GROUPS = 5_000;

  /** Most members of one group that are read. */
  static final int MAX_MEMBERS = 200_000;

  private final @Nullable KeycloakAdminClient client;

  /** For the container's proxies. */
  protected KeycloakDirectory() {
    this.client = null;
  }

  /** The directory of the realm that the settings name. */
  @Inject
  public KeycloakDirectory(Settings settings) {
    this(
        new KeycloakAdminClient(
            settings.realmUrl(), RealmNames.DIRECTORY_CLIENT, settings.directorySecret()));
  }

  KeycloakDirectory(KeycloakAdminClient client) {
    this.client = client;
  }

  /** The issuer that the realm's tokens name. */
  public String issuer() throws IOException {
    return client().issuer();
  }

  /**
   * A page of people, from position {@code first}; empty at the end. Service accounts are not among
   * them.
   */
  public List<DirectoryPerson> people(int first) throws IOException {
    String path = "/users?briefRepresentation=true&first=" + first + "&max=" + PAGE;
    List<DirectoryPerson> people = new ArrayList<>();
    for (JsonObject user : objects(get(path).asJsonArray())) {
      people.add(person(user));
    }
    return people;
  }

  /** Whether the account still exists. */
  public boolean exists(String subject) throws IOException {
    return found("/users/" + plainId(subject)).isPresent();
  }

  /**
   * Asks for something that is always there: who was told that accounts do not exist knows then
   * that Keycloak said so, not something in front of it.
   */
  public void requireAnswering() throws IOException {
    get("/users?briefRepresentation=true&first=0&max=1");
  }

  /** One account; empty when it does not exist. */
  public Optional<DirectoryPerson> person(String subject) throws IOException {
    return found("/users/" + plainId(subject)).map(user -> person(user.asJsonObject()));
  }

  /** Whether there is an account to ask with. */
  public boolean canBeAsked() {
    return client().hasSecret();
  }

  /**
   * Whether this account, of a person or a program, exists, is enabled and has the role of the
   * realm, by whatever way.
   */
  public boolean hasRole(String subject, String role) throws IOException {
    String user = "/users/" + plainId(subject);
    boolean enabled =
        found(user)
            .filter(account -> account.asJsonObject().getBoolean("enabled", false))
            .isPresent();
    return enabled
        && found(user + "/role-mappings/realm/composite").stream()
            .flatMap(roles -> objects(roles.asJsonArray()).stream())
            .anyMatch(one -> one.getString("name").equals(role));
  }

  /** Whether there is a group with this path. */
  public boolean hasGroup(String path) throws IOException {
    List<String> names = List.of(path.substring(1).split("/", -1));
    if (names.contains(".") || names.contains("..")) {
      // They would lead to another address.
      return false;
    }
    return found(
            "/group-by-path/"
                + names.stream().map(KeycloakDirectory::inPath).collect(Collectors.joining("/")))
        .isPresent();
  }

  /** Group paths of one person; none when there is no such account. */
  public Set<String> groupsOf(String subject) throws IOException {
    String path = "/users/" + plainId(subject) + "/groups?briefRepresentation=true&first=0&max=";
    return found(path + MAX_GROUPS).stream()
        .flatMap(groups -> objects(groups.asJsonArray()).stream())
        .map(group -> group.getString("path"))
        .collect(Collectors.toSet());
  }

  /**
   * Group paths of everybody who is in a group.
   *
   * @param progress told after each group
   */
  public Map<String, Set<String>> groupsBySubject(Progress progress) throws IOException {
    Map<String, Set<String>> groups = new HashMap<>();
    for (JsonObject group : tree(paged("/groups?", MAX_GROUPS), progress)) {
      String path = group.getString("path");
      for (String subject : members(plainId(group.getString("id")))) {
        groups.computeIfAbsent(subject, _ -> new HashSet<>()).add(path);
      }
      progress.step();
    }
    return groups;
  }

  /** The paths of all groups. */
  public Set<String> groupPaths(Progress progress) throws IOException {
    return tree(paged("/groups?", MAX_GROUPS), progress).stream()
        .map(group -> group.getString("path"))
        .collect(Collectors.toSet());
  }

  /** Who is in this group or in one below it; nobody when it does not exist. */
  public Set<String> membersBelow(String groupId, Progress progress) throws IOException {
    Set<String> members = new HashSet<>();
    Optional<JsonStructure> top = found("/groups/" + plainId(groupId));
    if (top.isPresent()) {
      for (JsonObject group : tree(List.of(top.get().asJsonObject()), progress)) {
        members.addAll(members(plainId(group.getString("id"))));
        progress.step();
      }
    }
    return members;
  }

  /**
   * Whom the events since {@code since} name.
   *
   * @return empty when there are more than {@link #MAX_EVENTS}
   * @throws EventsDisabledException when the realm keeps none
   */
  public Optional<DirectoryChanges> changesSince(Instant since) throws IOException {
    JsonObject config = get("/events/config").asJsonObject();
    if (!config.getBoolean("adminEventsEnabled", false)) {
      throw new EventsDisabledException();
    }
    String from = "direction=asc&dateFrom=" + since.toEpochMilli() + "&";
    String admin =
        "/admin-events?" + KeycloakEvents.query("resourceTypes", KeycloakEvents.ADMIN_TYPES) + from;
    List<JsonObject> byAdmins = paged(admin, MAX_EVENTS + 1);
    String user = "/events?" + KeycloakEvents.query("type", KeycloakEvents.USER_TYPES) + from;
    List<JsonObject> byUsers =
        config.getBoolean("eventsEnabled", false) ? paged(user, MAX_EVENTS + 1) : List.of();
    if (byAdmins.size() > MAX_EVENTS || byUsers.size() > MAX_EVENTS) {
      return Optional.empty();
    }
    KeycloakEvents events = new KeycloakEvents();
    byAdmins.forEach(events::admin);
    byUsers.forEach(events::user);
    return Optional.of(events.changes());
  }

  /** The realm keeps no events of its administration. */
  public static final class EventsDisabledException extends IOException {

    private static final long serialVersionUID = 1L;

    EventsDisabledException() {
      super("The realm keeps no events of its administration");
    }
  }

  /** Told while something long is read. */
  public interface Progress {

    /** One request more. */
    void step();
  }

  /** Keeps only the numbers of a page: a department may have everybody in it. */
  private List<String> members(String groupId) throws IOException {
    String path = "/groups/" + groupId + "/members?briefRepresentation=true&first=";
    List<String> members = new ArrayList<>();
    int size;
    do {
      size = members.size();
      for (JsonObject member : objects(get(path + size + "&max=" + PAGE).asJsonArray())) {
        members.add(member.getString("id"));
      }
    } while (members.size() - size == PAGE && members.size() < MAX_MEMBERS);
    return members;
  }

  /** These groups and all below them. */
  private List<JsonObject> tree(List<JsonObject> tops, Progress progress) throws IOException {
    List<JsonObject> all = new ArrayList<>();
    Deque<JsonObject> waiting = new ArrayDeque<>(tops);
    while (!waiting.isEmpty()) {
      if (all.size() == MAX_GROUPS) {
        throw new IOException("Keycloak has more than " + MAX_GROUPS + " groups");
      }
      JsonObject group = waiting.remove();
      all.add(group);
      if (group.getInt("subGroupCount", 0) > 0) {
        String id = plainId(group.getString("id"));
        waiting.addAll(paged("/groups/" + id + "/children?", MAX_GROUPS));
        progress.step();
      }
    }
    return all;
  }

  private List<JsonObject> paged(String pathAndMark, int most) throws IOException {
    List<JsonObject> all = new ArrayList<>();
    while (all.size() < most) {
      List<JsonObject> page =
          objects(get(pathAndMark + "first=" + all.size() + "&max=" + PAGE).asJsonArray());
      all.addAll(page);
      if (page.size() < PAGE) {
        break;
      }
    }
    return all;
  }

  private JsonStructure get(String path) throws IOException {
    return client().get(client().recentToken(), path);
  }

  private Optional<JsonStructure> found(String path) throws IOException {
    try {
      return Optional.of(get(path));
    } catch (KeycloakRefusalException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private KeycloakAdminClient client() {
    if (client == null) {
      throw new IllegalStateException("A proxy was used as a directory");
    }
    return client;
  }

  /** A form has plus signs for spaces, which in a path are themselves. */
  private static String inPath(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
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
