package org.hikae.device.restic;

import org.hikae.device.AgentException;
import org.hikae.device.PortalTime;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.device.state.ResticLogin;
import org.hikae.device.state.StateFile;
import org.hikae.enrollment.wire.NewResticCredential;
import org.jspecify.annotations.Nullable;

/** What restic signs in with: asked for when this device has none that can be used, and kept. */
public final class ResticLoginProvider {

  private final DevicePortalClient portal;
  private final StateFile stateFile;

  /** Keeps them in the secrets file. */
  public ResticLoginProvider(DevicePortalClient portal, StateFile stateFile) {
    this.portal = portal;
    this.stateFile = stateFile;
  }

  /** The one that this device keeps for a repository, if the portal still takes it. */
  public @Nullable ResticLogin kept(String repository) throws AgentException {
    ResticLogin login = stateFile.require().restic().get(repository);
    if (login == null) {
      return null;
    }
    boolean usable =
        portal.resticCredentials().stream()
            .anyMatch(
                one ->
                    one.username().equals(login.username())
                        && one.repository().equals(repository)
                        && one.usable());
    return usable ? login : null;
  }

  /** The one for a repository of any of the employee's devices. */
  public ResticLogin of(String repository) throws AgentException {
    ResticLogin kept = kept(repository);
    return kept != null ? kept : keep(portal.giveResticCredential(repository));
  }

  /** A new one for this device's own repository, which is made if there is none; its name. */
  public String fresh() throws AgentException {
    NewResticCredential given = portal.giveResticCredential();
    keep(given);
    return given.repository();
  }

  private ResticLogin keep(NewResticCredential given) throws AgentException {
    ResticLogin login =
        new ResticLogin(given.username(), given.password(), PortalTime.text(given.expiresAt()));
    stateFile.update(newest -> newest.withRestic(given.repository(), login));
    return login;
  }
}
