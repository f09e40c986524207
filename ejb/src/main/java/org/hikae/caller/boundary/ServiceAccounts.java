package org.hikae.caller.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.caller.control.KeycloakPrograms;
import org.hikae.identity.wire.Realm;
import org.jspecify.annotations.Nullable;

/** The company's own programs: those that have used the API, and those that could. */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ServiceAccounts {

  /** Most programs that are listed. */
  public static final int MAX = 200;

  private static final System.Logger LOG = System.getLogger(ServiceAccounts.class.getName());

  @Inject private ProgramUse uses;
  @Inject private KeycloakPrograms keycloak;

  /**
   * A program.
   *
   * @param clientId its client at Keycloak
   * @param subject {@code sub} of its service account, as the audit trail names it
   * @param roles roles it had at its last use; those that its account has when it was never used
   * @param firstUsedAt ISO-8601 instant; absent when it was never used
   * @param lastUsedAt ISO-8601 instant, to the minute; absent when it was never used
   */
  public record View(
      String clientId,
      String subject,
      List<String> roles,
      @Nullable String firstUsedAt,
      @Nullable String lastUsedAt) {}

  /**
   * All of them.
   *
   * @param serviceAccounts by name, at most {@link #MAX}
   * @param complete false when Keycloak could not tell all that were never used, or there are more
   */
  public record Listing(List<View> serviceAccounts, boolean complete) {}

  /** The programs, by name. */
  public Listing list() {
    List<View> all = new ArrayList<>(uses.all());
    boolean complete = true;
    try {
      addUnused(all);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING, "Keycloak''s programs cannot be read: {0}", e.toString());
      complete = false;
    }
    all.sort(Comparator.comparing(View::clientId));
    return new Listing(all.stream().limit(MAX).toList(), complete && all.size() <= MAX);
  }

  private void addUnused(List<View> all) throws IOException {
    Set<String> used = all.stream().map(View::subject).collect(Collectors.toSet());
    Instant deadline = keycloak.deadline();
    // One more than are shown tells whether there are more.
    for (KeycloakPrograms.Program program : keycloak.programs(MAX + 1)) {
      if (all.size() > MAX) {
        return;
      }
      if (!used.contains(program.subject())) {
        all.add(
            new View(
                program.clientId(),
                program.subject(),
                keycloak.roles(program, deadline),
                null,
                null));
      }
    }
  }
}
