package org.hikae.identity.control;

import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads names out of Keycloak's events. Of an event only who and which group count: what became of
 * them is asked for afterwards, so that events that come late, twice or out of order do no harm.
 */
public final class KeycloakEvents {

  /**
   * Types of administrators' events that can name a person or group. An import into the realm is
   * one of {@code REALM}.
   */
  public static final List<String> ADMIN_TYPES =
      List.of("USER", "GROUP", "GROUP_MEMBERSHIP", "REALM");

  /** What people do with their own account, and Keycloak after too many wrong passwords. */
  public static final List<String> USER_TYPES =
      List.of(
          "REGISTER",
          "UPDATE_PROFILE",
          "UPDATE_EMAIL",
          "DELETE_ACCOUNT",
          "USER_DISABLED_BY_PERMANENT_LOCKOUT");

  private static final Pattern USER = Pattern.compile("users/(?<id>[^/]+)(/.*)?");
  private static final Pattern GROUP = Pattern.compile("groups/(?<id>[^/]+)(/.*)?");

  private final Set<String> subjects = new HashSet<>();
  private final Set<String> groups = new HashSet<>();
  private boolean paths;

  /** Takes one event of an administrator. */
  public void admin(JsonObject event) {
    String path = event.getString("resourcePath", "");
    Matcher user = USER.matcher(path);
    if (user.matches()) {
      subjects.add(user.group("id"));
      return;
    }
    // One that moves to the top has no number in its path.
    if (path.equals("groups") || path.startsWith("groups/")) {
      paths = true;
      Matcher group = GROUP.matcher(path);
      if (group.matches() && !event.getString("operationType", "").equals("DELETE")) {
        groups.add(group.group("id"));
      }
    }
  }

  /** Takes one event of a person. */
  public void user(JsonObject event) {
    String id = event.getString("userId", "");
    if (!id.isEmpty()) {
      subjects.add(id);
    }
  }

  public DirectoryChanges changes() {
    return new DirectoryChanges(Set.copyOf(subjects), Set.copyOf(groups), paths);
  }

  /** The types as a query. */
  public static String query(String name, List<String> types) {
    return types.stream().map(type -> name + "=" + type + "&").collect(Collectors.joining());
  }
}
