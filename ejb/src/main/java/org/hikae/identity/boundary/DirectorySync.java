package org.hikae.identity.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.identity.control.DirectoryPerson;
import org.hikae.identity.control.KeycloakDirectory;

/**
 * Copies the directory from Keycloak: everybody, whether they ever signed in or not. Reads page by
 * page outside any transaction and writes each page in one. Somebody is marked as gone only after
 * Keycloak was asked about them by id: a page that shifted while it was read must not lock anybody
 * out.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DirectorySync {

  /** Most people that one run reads. */
  static final int MAX_PEOPLE = 200_000;

  @Inject private KeycloakDirectory keycloak;
  @Inject private DirectoryPages pages;
  @Inject private Clock clock;

  /**
   * Counts of a run.
   *
   * @param seen people at Keycloak
   * @param added of them new
   * @param gone people marked as gone
   */
  public record Counts(int seen, int added, int gone) {}

  /**
   * One run.
   *
   * @throws IOException when Keycloak cannot be read to the end; what was read is kept, nobody is
   *     marked as gone
   */
  public Counts run() throws IOException {
    Instant start = clock.instant();
    String issuer = keycloak.issuer();
    Map<String, Set<String>> groups = keycloak.groupsBySubject();
    int seen = 0;
    int added = 0;
    while (seen < MAX_PEOPLE) {
      List<DirectoryPerson> page = keycloak.people(seen);
      if (page.isEmpty()) {
        break;
      }
      added += pages.apply(issuer, page, groups, start);
      seen += page.size();
    }
    int gone = seen == 0 ? 0 : markGone(issuer, start);
    pages.record(seen, added, gone);
    return new Counts(seen, added, gone);
  }

  private int markGone(String issuer, Instant start) throws IOException {
    int gone = 0;
    for (String subject : pages.notSeenSince(issuer, start)) {
      if (!keycloak.exists(subject)) {
        pages.gone(issuer, subject);
        gone++;
      }
    }
    return gone;
  }
}
