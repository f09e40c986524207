package org.hikae.caller.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hikae.identity.wire.RealmNames;
import org.hikae.runtime.service.KeycloakAdminClient;
import org.hikae.runtime.service.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The programs that have a service account at Keycloak, used or not, as {@link
 * RealmNames#DIRECTORY_CLIENT} sees them among the users. It may not look at clients: who may could
 * read their secrets at many releases of Keycloak.
 */
@ApplicationScoped
public class KeycloakServiceAccounts {

  /** Keycloak calls the account of a client so. */
  private static final String ACCOUNT = "service-account-";

  /** How long all roles together may take. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private static final Set<String> ROLES =
      Set.of(RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR);

  private final @Nullable KeycloakAdminClient client;
  private final @Nullable Clock clock;

  /**
   * A service account.
   *
   * @param clientId its client, in lower case
   * @param subject its number, as tokens and the trail name it
   */
  public record Program(String clientId, String subject) {}

  /** For the container's proxies. */
  protected KeycloakServiceAccounts() {
    this.client = null;
    this.clock = null;
  }

  /** The programs of the realm that the settings name. */
  @Inject
  public KeycloakServiceAccounts(Settings settings, Clock clock) {
    this(
        new KeycloakAdminClient(
            settings.realmUrl(), RealmNames.DIRECTORY_CLIENT, settings.directorySecret()),
        clock);
  }

  KeycloakServiceAccounts(KeycloakAdminClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Up to {@code most} programs, by name. */
  public List<Program> programs(int most) throws IOException {
    // Only a search by user name finds service accounts.
    String path =
        "/users?briefRepresentation=true&exact=false&first=0&max="
            + most
            + "&username="
            + ACCOUNT
            + RealmNames.AUTOMATION_PREFIX;
    List<Program> programs = new ArrayList<>();
    for (JsonObject user : objects(path)) {
      String name = user.getString("username");
      if (name.startsWith(ACCOUNT + RealmNames.AUTOMATION_PREFIX)) {
        programs.add(new Program(name.substring(ACCOUNT.length()), user.getString("id")));
      }
    }
    return programs;
  }

  /** When to give up asking for roles. */
  public Instant deadline() {
    return clock().instant().plus(LONGEST_WAIT);
  }

  /**
   * The roles here that a program's account has, by whatever way.
   *
   * @throws IOException also when it is later than {@code deadline}
   */
  public List<String> roles(Program program, Instant deadline) throws IOException {
    if (clock().instant().isAfter(deadline)) {
      throw new IOException("Keycloak took too long to tell the roles of programs");
    }
    if (!program.subject().matches("[A-Za-z0-9:._-]{1,255}")) {
      throw new IOException("Keycloak named an account by an id of an unknown form");
    }
    return objects("/users/" + program.subject() + "/role-mappings/realm/composite").stream()
        .map(role -> role.getString("name"))
        .filter(ROLES::contains)
        .sorted()
        .toList();
  }

  private List<JsonObject> objects(String path) throws IOException {
    if (client == null) {
      throw new IllegalStateException("A proxy was used to ask Keycloak");
    }
    return client.get(client.recentToken(), path).asJsonArray().stream()
        .map(JsonValue::asJsonObject)
        .toList();
  }

  private Clock clock() {
    if (clock == null) {
      throw new IllegalStateException("A proxy was used to ask Keycloak");
    }
    return clock;
  }
}
