package org.hikae.device.portal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.hikae.device.AgentException;
import org.hikae.device.PortalTime;
import org.hikae.enrollment.wire.DeviceSession;
import org.jspecify.annotations.Nullable;

/**
 * The current device session, renewed shortly before it ends or when the portal no longer takes it.
 * Thread-safe.
 */
public final class CurrentDeviceSession {

  private static final Duration MARGIN = Duration.ofSeconds(30);

  /** Assumed life of a session whose end cannot be read, or lies beyond it by a wrong clock. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final EnrollmentClient portal;
  private final DeviceIdentity device;
  private final String issuer;
  private final Clock clock;

  private @Nullable DeviceSession current;
  private Instant renewAt = Instant.MIN;

  /** Opens sessions for one device. */
  public CurrentDeviceSession(
      EnrollmentClient portal, DeviceIdentity device, String issuer, Clock clock) {
    this.portal = portal;
    this.device = device;
    this.issuer = issuer;
    this.clock = clock;
  }

  /** A session that is good for some seconds more. */
  public synchronized String session() throws AgentException {
    DeviceSession known = current;
    if (known == null || !clock.instant().isBefore(renewAt)) {
      known = open();
    }
    return known.session();
  }

  /**
   * Another session, because the portal refused this one; another thread may have opened it
   * already.
   */
  public synchronized String renewed(String refused) throws AgentException {
    DeviceSession known = current;
    if (known == null || known.session().equals(refused)) {
      known = open();
    }
    return known.session();
  }

  private DeviceSession open() throws AgentException {
    DeviceSession opened = portal.openSession(device, issuer);
    current = opened;
    Instant latest = clock.instant().plus(LONGEST);
    Instant stated = opened.expiresAt();
    boolean sooner = PortalTime.isReadable(stated) && stated.isBefore(latest);
    renewAt = (sooner ? stated : latest).minus(MARGIN);
    return opened;
  }
}
