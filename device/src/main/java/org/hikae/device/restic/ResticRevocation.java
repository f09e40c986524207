package org.hikae.device.restic;

import java.time.Duration;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.http.Sleeper;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.ResticRevocationStore;
import org.hikae.problem.wire.ProblemCode;

/** Ends restic credentials that nobody wants, and those whose end the portal was not told yet. */
public final class ResticRevocation {

  private static final int TRIES = 3;
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final DevicePortalClient portal;
  private final ResticRevocationStore waiting;

  /** Keeps in the home what is still to be ended. */
  public ResticRevocation(DevicePortalClient portal, AgentHome home) {
    this.portal = portal;
    this.waiting = new ResticRevocationStore(home);
  }

  /**
   * Ends one, also on a thread that is to end. Where that fails three times it waits to be ended
   * with others.
   *
   * @throws AgentException why it is not ended yet
   */
  public void revoke(String username, Sleeper sleeper) throws AgentException {
    waiting.keep(username);
    boolean interrupted = false;
    try {
      for (int left = TRIES - 1; ; left--) {
        try {
          end(username);
          return;
        } catch (AgentException e) {
          if (left == 0) {
            throw e;
          }
          // Who is to end does not wait for the network any more; this does, for a moment.
          interrupted |= Thread.interrupted();
        }
        pause(sleeper.whileEnding());
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void pause(Sleeper sleeper) throws AgentException {
    try {
      sleeper.wait(BETWEEN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentException(RunResult.CANCELLED, e, "run.cancelled");
    }
  }

  /** Ends what was kept, as far as that can be done now, but for what somebody is shown. */
  public void revokeWaiting() {
    for (String username : waiting.all()) {
      try {
        end(username);
      } catch (PortalRefusalException e) {
        // It waits on, and keeps no other one from its end.
      } catch (AgentException e) {
        // The portal is not reached: all of them wait on.
        return;
      }
    }
  }

  /** Has one end that is shown until this is closed, unless it is wanted by then. */
  public ResticRevocationStore.ShownName show(String username) {
    return waiting.show(username);
  }

  /** A person has kept it. */
  public void wanted(String username) {
    waiting.drop(username);
  }

  /** Whether it is ended later, by itself. */
  public boolean isWaiting(String username) {
    return waiting.has(username);
  }

  private void end(String username) throws AgentException {
    try {
      portal.revokeResticCredential(username);
    } catch (PortalRefusalException e) {
      // Whoever is nobody's, or not of this person any more, opens nothing here.
      if (!e.is(ProblemCode.NOT_FOUND)) {
        throw e;
      }
    }
    waiting.drop(username);
  }
}
