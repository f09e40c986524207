package org.hikae.device.portal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.hikae.device.AgentException;
import org.hikae.device.PortalTime;
import org.hikae.enrollment.wire.DeviceSession;

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
  private final DeviceSessionCache opened;

  /** Opens sessions for one device, but for one of this device that {@code opened} has. */
  public CurrentDeviceSession(
      EnrollmentClient portal,
      DeviceIdentity device,
      String issuer,
      Clock clock,
      DeviceSessionCache opened) {
    this.portal = portal;
    this.device = device;
    this.issuer = issuer;
    this.clock = clock;
    this.opened = opened;
  }

  /** A session that is good for some seconds more. */
  public synchronized String session() throws AgentException {
    DeviceSession known = opened.at(clock.instant());
    return (known == null ? open() : known).session();
  }

  /**
   * Another session, because the portal refused this one; another thread may have opened it
   * already.
   */
  public synchronized String renewed(String refused) throws AgentException {
    DeviceSession known = opened.at(clock.instant());
    if (known == null || known.session().equals(refused)) {
      known = open();
    }
    return known.session();
  }

  private DeviceSession open() throws AgentException {
    DeviceSession session = portal.openSession(device, issuer);
    Instant latest = clock.instant().plus(LONGEST);
    Instant stated = session.expiresAt();
    boolean sooner = PortalTime.isReadable(stated) && stated.isBefore(latest);
    opened.put(session, (sooner ? stated : latest).minus(MARGIN));
    return session;
  }
}
