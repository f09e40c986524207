package org.hikae.device.cli.access;

import java.net.URI;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.Surroundings;
import org.hikae.device.history.SeriesMemory;
import org.hikae.device.http.Bandwidth;
import org.hikae.device.http.HttpWire;
import org.hikae.device.http.RetryPolicy;
import org.hikae.device.http.SafeAddress;
import org.hikae.device.http.TrustedAuthorities;
import org.hikae.device.login.AccessTokens;
import org.hikae.device.login.BoundTokens;
import org.hikae.device.login.DeviceKeys;
import org.hikae.device.login.OidcHttp;
import org.hikae.device.portal.DeviceIdentity;
import org.hikae.device.portal.DevicePortal;
import org.hikae.device.portal.DeviceSessions;
import org.hikae.device.portal.EnrollmentPortal;
import org.hikae.device.portal.HttpSnapshotStore;
import org.hikae.device.portal.PortalHttp;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.ReportSpool;
import org.hikae.device.state.StateFile;
import org.hikae.device.vaultclient.VaultDoor;
import org.hikae.device.vaultclient.VaultPorts;

/** A signed-in agent with everything wired: what most commands start from. */
public final class Agent implements AutoCloseable {

  private final AgentHome home;
  private final StateFile stateFile;
  private final HttpWire wire;
  private final Bandwidth bandwidth;
  private final AccessTokens tokens;
  private final PortalHttp http;
  private final EnrollmentPortal enrollment;
  private final DeviceIdentity identity;
  private final DevicePortal portal;
  private final VaultDoor door;

  private Agent(
      Surroundings here, String language, AgentHome home, StateFile stateFile, Bandwidth bandwidth)
      throws AgentException {
    AgentState state = stateFile.require();
    this.home = home;
    this.stateFile = stateFile;
    this.bandwidth = bandwidth;
    this.wire =
        new HttpWire(
            TrustedAuthorities.context(state.profile().caPem()),
            RetryPolicy.STANDARD,
            here.pause(),
            here.random(),
            bandwidth);
    URI server = SafeAddress.parse(state.profile().server());
    this.tokens = new AccessTokens(new OidcHttp(wire), stateFile, here.clock());
    this.identity = DeviceKeys.identity(state.device(), here.random());
    this.http = new PortalHttp(wire, server, language);
    this.enrollment = new EnrollmentPortal(http, tokens);
    DeviceSessions sessions =
        new DeviceSessions(enrollment, identity, state.profile().issuer(), here.clock());
    this.portal = new DevicePortal(http, tokens, sessions);
    this.door =
        new VaultDoor(
            new VaultPorts(
                portal,
                new BoundTokens(tokens, identity, here.clock(), here.random()),
                identity,
                stateFile,
                home,
                here.random(),
                here.ksf()));
  }

  /** The agent of this home; without a sign-in the person is told to sign in first. */
  public static Agent open(Surroundings here, String language) throws AgentException {
    return open(here, language, Bandwidth.UNLIMITED);
  }

  /** The same over a line of which it may use only so much. */
  public static Agent open(Surroundings here, String language, Bandwidth bandwidth)
      throws AgentException {
    AgentHome home = AgentHome.of(here.environment(), here.userHome());
    return new Agent(here, language, home, new StateFile(home), bandwidth);
  }

  /** Sends no faster from now on; for an agent whose line was opened to be limited. */
  public void uploadAtMost(long bytesPerSecond) {
    if (bytesPerSecond != Long.MAX_VALUE) {
      bandwidth.upload().atMost(bytesPerSecond);
    }
  }

  public AgentHome home() {
    return home;
  }

  public StateFile stateFile() {
    return stateFile;
  }

  public AccessTokens tokens() {
    return tokens;
  }

  public PortalHttp http() {
    return http;
  }

  EnrollmentPortal enrollment() {
    return enrollment;
  }

  public DeviceIdentity identity() {
    return identity;
  }

  public DevicePortal portal() {
    return portal;
  }

  public VaultDoor door() {
    return door;
  }

  public HttpSnapshotStore store() {
    return new HttpSnapshotStore(portal);
  }

  public SeriesMemory memory() {
    return new SeriesMemory(stateFile);
  }

  public ReportSpool spool() {
    return new ReportSpool(home);
  }

  @Override
  public void close() {
    wire.close();
  }
}
