package org.hikae.insight.system.view;

import org.hikae.vault.view.VaultStatus;

/**
 * What answers.
 *
 * @param ready whether everything that there should be answers
 * @param database {@code UP} or {@code DOWN}
 * @param vault {@code UP}, {@code DOWN} or {@code NONE} when none is configured
 * @param auditTrail {@code UP}, or {@code LATE} when events wait for their places in the chain for
 *     over a minute; {@code UNKNOWN} without the database. It serves nevertheless
 * @param storage {@code UP}, or what is wrong with the folder of files or the bucket, if there is
 *     one. While it is {@code FULL}, {@code READ_ONLY} or {@code BUSY} the portal serves what is
 *     stored
 */
public record HealthReport(
    boolean ready,
    DatabaseAvailability database,
    VaultStatus vault,
    AuditTrailHealth auditTrail,
    StorageAvailability storage) {

  /** Whether the database answers. */
  public enum DatabaseAvailability {
    /** It answers. */
    UP,
    /** It does not. */
    DOWN
  }

  /** How the audit trail's chain stands. */
  public enum AuditTrailHealth {
    /** Events get their places in time. */
    UP,
    /** Events wait for their places for over a minute. */
    LATE,
    /** Nobody can tell without the database. */
    UNKNOWN
  }

  /** How the folder of files or the bucket is. */
  public enum StorageAvailability {
    /** It takes objects, or there is none. */
    UP(true),
    /** No room. */
    FULL(true),
    /** It takes no writes. */
    READ_ONLY(true),
    /** The portal's user, or who its credentials are, may not do what it has to. */
    ACCESS(false),
    /** The disk or the server fails. */
    FAILING(false),
    /** It is not there, such as a volume that is not mounted, or no such bucket. */
    NOT_THERE(false),
    /** It is another database's. */
    FOREIGN(false),
    /** The server does not take the portal's credentials. */
    CREDENTIALS(false),
    /** The clocks of portal and server are too far apart. */
    CLOCK(false),
    /** The server asks for fewer requests. */
    BUSY(true),
    /** No server answers. */
    UNREACHABLE(false),
    /** The server's certificate is not trusted. */
    UNTRUSTED(false);

    private final boolean serving;

    StorageAvailability(boolean serving) {
      this.serving = serving;
    }

    /** Whether what is stored can be read. */
    public boolean isServing() {
      return serving;
    }
  }
}
