package org.hikae.identity.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.hikae.identity.service.KeycloakDirectory;
import org.hikae.identity.value.DirectoryReadFailure;
import org.hikae.identity.value.FullReadReason;
import org.hikae.identity.view.DirectoryCounts;
import org.hikae.runtime.service.KeycloakRefusalException;
import org.hikae.runtime.service.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Copies the directory from Keycloak: everybody, whether they ever signed in or not. Reads page by
 * page outside any transaction and writes each page in one. Of several portals on a database one
 * reads at a time. Leavers are marked only when a read has come to its end (ADR 0015).
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DirectorySyncJob {

  /** Events older than this are not counted on: the realm keeps them only for so long. */
  static final Duration OLDEST_POSITION = Duration.ofDays(1);

  /**
   * How far before its position reading goes on: events are kept a little after they happened, and
   * Keycloak's clock may be slow.
   */
  static final Duration OVERLAP = Duration.ofSeconds(30);

  private static final int HOLDER_BYTES = 16;
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  @Inject private KeycloakDirectory keycloak;
  @Inject private DirectoryReadLease readLease;
  @Inject private LeaverDetectionSteps leavers;
  @Inject private DirectoryReader directoryReader;
  @Inject private Settings settings;
  @Inject private SecureRandom random;
  @Inject private Clock clock;

  /** What the timer does: everybody when that is due, else the changes. */
  public Optional<DirectoryCounts> scheduled() throws IOException {
    Instant now = clock.instant();
    Duration apart = Duration.ofMinutes(settings.directoryMinutes());
    Duration fullApart = Duration.ofMinutes(settings.directoryFullMinutes());
    return run(
        start -> {
          Instant success = start.successAt();
          if (success != null && success.isAfter(now.minus(apart.dividedBy(2)))) {
            return RequestedRead.NOTHING;
          }
          Instant full = start.fullAt();
          return full == null || full.isBefore(now.minus(fullApart))
              ? RequestedRead.EVERYBODY
              : RequestedRead.CHANGES;
        });
  }

  /**
   * Reads everybody.
   *
   * @return empty when another run goes on
   * @throws IOException when Keycloak cannot be read to the end; what was read is kept, nobody is
   *     marked as a leaver
   */
  public Optional<DirectoryCounts> full() throws IOException {
    return run(_ -> RequestedRead.EVERYBODY);
  }

  /** Reads what changed, or everybody where that cannot be told; otherwise as {@link #full}. */
  public Optional<DirectoryCounts> changes() throws IOException {
    return run(_ -> RequestedRead.CHANGES);
  }

  private enum RequestedRead {
    EVERYBODY,
    CHANGES,
    NOTHING
  }

  private Optional<DirectoryCounts> run(Function<DirectoryReadLease.Start, RequestedRead> choice)
      throws IOException {
    byte[] id = new byte[HOLDER_BYTES];
    random.nextBytes(id);
    String holder = HexFormat.of().formatHex(id);
    Optional<DirectoryReadLease.Start> start = readLease.begin(holder);
    if (start.isEmpty()) {
      return Optional.empty();
    }
    RequestedRead requestedRead = choice.apply(start.get());
    if (requestedRead == RequestedRead.NOTHING) {
      readLease.release(holder);
      return Optional.empty();
    }
    try {
      return Optional.of(read(holder, requestedRead, start.get().position()));
    } catch (IOException e) {
      readLease.fail(holder, failure(e));
      throw e;
    } catch (RuntimeException e) {
      readLease.fail(holder, DirectoryReadFailure.INTERNAL);
      throw e;
    }
  }

  private DirectoryCounts read(
      String holder, RequestedRead requestedRead, @Nullable Instant position) throws IOException {
    while (leavers.markConfirmed() > 0) {
      keep(holder);
    }
    Instant at = clock.instant();
    String issuer = keycloak.issuer();
    DirectoryReader.Pass pass = new DirectoryReader.Pass(issuer, at, lease(holder));
    FullReadReason because = null;
    DirectoryCounts counts = null;
    if (requestedRead == RequestedRead.CHANGES) {
      if (position == null || position.isBefore(at.minus(OLDEST_POSITION))) {
        because = FullReadReason.NO_POSITION;
      } else {
        try {
          Optional<DirectoryCounts> changes =
              directoryReader.changes(pass, position.minus(OVERLAP));
          counts = changes.orElse(null);
          because = counts == null ? FullReadReason.TOO_MANY_CHANGES : null;
        } catch (KeycloakDirectory.EventsDisabledException e) {
          because = FullReadReason.EVENTS_OFF;
        } catch (DirectoryReader.EventsRefusedException e) {
          because = FullReadReason.EVENTS_REFUSED;
        }
      }
    }
    if (counts == null) {
      counts = directoryReader.everybody(pass, because);
    }
    readLease.succeed(holder, counts, at);
    return counts;
  }

  private void keep(String holder) {
    if (!readLease.keep(holder)) {
      throw new IllegalStateException("Another portal reads the directory in place of this one");
    }
  }

  /** Tells the ledger every few seconds, however fast the steps are. */
  private KeycloakDirectory.Progress lease(String holder) {
    Duration some = DirectoryReadLease.LEASE.dividedBy(6);
    Instant[] told = {clock.instant()};
    return () -> {
      Instant now = clock.instant();
      if (now.isAfter(told[0].plus(some)) || now.isBefore(told[0])) {
        keep(holder);
        told[0] = now;
      }
    };
  }

  static DirectoryReadFailure failure(IOException e) {
    if (e instanceof DirectoryReader.EmptyDirectoryException) {
      return DirectoryReadFailure.DIRECTORY_EMPTY;
    }
    boolean refused =
        e instanceof KeycloakRefusalException refusal
            && refusal.status() >= CLIENT_ERROR
            && refusal.status() < SERVER_ERROR;
    return refused
        ? DirectoryReadFailure.KEYCLOAK_REFUSED
        : DirectoryReadFailure.KEYCLOAK_UNREACHABLE;
  }
}
