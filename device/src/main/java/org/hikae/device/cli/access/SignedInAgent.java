package org.hikae.device.cli.access;

import java.net.URI;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.history.SeenSeriesHeads;
import org.hikae.device.http.BandwidthLimits;
import org.hikae.device.http.HttpTransport;
import org.hikae.device.http.RetryListener;
import org.hikae.device.http.RetryPolicy;
import org.hikae.device.http.SafeAddress;
import org.hikae.device.login.DeviceBoundTokenSource;
import org.hikae.device.login.DeviceKeyCodec;
import org.hikae.device.login.OidcClient;
import org.hikae.device.login.RefreshingTokenSource;
import org.hikae.device.login.SignInCache;
import org.hikae.device.portal.CurrentDeviceSession;
import org.hikae.device.portal.DeviceIdentity;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.device.portal.EnrollmentClient;
import org.hikae.device.portal.ObjectWait;
import org.hikae.device.portal.PortalBackupStore;
import org.hikae.device.portal.PortalHttpClient;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.RunReportSpool;
import org.hikae.device.state.StateFile;
import org.hikae.device.vaultclient.VaultClientContext;
import org.hikae.device.vaultclient.VaultConnector;

/** A signed-in agent with everything wired: what most commands start from. */
public final class SignedInAgent implements AutoCloseable {

  private final AgentHome home;
  private final StateFile stateFile;
  private final HttpTransport wire;
  private final BandwidthLimits bandwidth;
  private final RefreshingTokenSource tokens;
  private final PortalHttpClient http;
  private final EnrollmentClient enrollment;
  private final DeviceIdentity identity;
  private final DevicePortalClient portal;
  private final ObjectWait objectWait;
  private final VaultConnector vaultConnector;

  private SignedInAgent(
      AgentEnvironment here,
      String language,
      AgentHome home,
      StateFile stateFile,
      RetryPolicy retry,
      BandwidthLimits bandwidth)
      throws AgentException {
    AgentState state = stateFile.require();
    SignInCache.Entry cached = here.signIns().of(state, here.clock(), here.pause());
    this.home = home;
    this.stateFile = stateFile;
    this.bandwidth = bandwidth;
    this.wire = new HttpTransport(cached.tls(), retry, here.pause(), here.random(), bandwidth);
    URI server = SafeAddress.parse(state.profile().server());
    this.tokens = new RefreshingTokenSource(new OidcClient(wire), stateFile, here.clock(), cached);
    this.identity = DeviceKeyCodec.identity(state.device(), here.random());
    this.http = new PortalHttpClient(wire, server, language);
    this.enrollment = new EnrollmentClient(http, tokens);
    CurrentDeviceSession sessions =
        new CurrentDeviceSession(
            enrollment, identity, state.profile().issuer(), here.clock(), cached.session());
    this.portal = new DevicePortalClient(http, tokens, sessions);
    this.objectWait = new ObjectWait(here.pause()::nanos);
    this.vaultConnector =
        new VaultConnector(
            new VaultClientContext(
                portal,
                new DeviceBoundTokenSource(tokens, identity, here.random(), cached),
                identity,
                stateFile,
                home,
                here.clock(),
                here.random(),
                here.ksf(),
                here.pause()));
  }

  /** The agent of this home; without a sign-in the person is told to sign in first. */
  public static SignedInAgent open(AgentEnvironment here, String language) throws AgentException {
    return open(here, language, BandwidthLimits.UNLIMITED);
  }

  /** The same over a line of which it may use only so much. */
  public static SignedInAgent open(
      AgentEnvironment here, String language, BandwidthLimits bandwidth) throws AgentException {
    return open(here, language, RetryPolicy.STANDARD, bandwidth);
  }

  /** The same for what is sent once, and where a person does not wait for another try. */
  public static SignedInAgent openOnce(AgentEnvironment here, String language)
      throws AgentException {
    return open(here, language, RetryPolicy.ONCE, BandwidthLimits.UNLIMITED);
  }

  private static SignedInAgent open(
      AgentEnvironment here, String language, RetryPolicy retry, BandwidthLimits bandwidth)
      throws AgentException {
    AgentHome home = AgentHome.of(here.environment(), here.userHome());
    return new SignedInAgent(here, language, home, new StateFile(home), retry, bandwidth);
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

  public RefreshingTokenSource tokens() {
    return tokens;
  }

  public PortalHttpClient http() {
    return http;
  }

  EnrollmentClient enrollment() {
    return enrollment;
  }

  public DeviceIdentity identity() {
    return identity;
  }

  public DevicePortalClient portal() {
    return portal;
  }

  public VaultConnector vaultConnector() {
    return vaultConnector;
  }

  public PortalBackupStore store() {
    return new PortalBackupStore(portal, objectWait);
  }

  /** From now on this hears of calls that are sent again. */
  public void retriesTo(RetryListener retryListener) {
    wire.retriesTo(retryListener);
  }

  /** How long the stores of this agent have waited in vain. */
  public ObjectWait objectWait() {
    return objectWait;
  }

  public SeenSeriesHeads memory() {
    return new SeenSeriesHeads(stateFile);
  }

  public RunReportSpool spool() {
    return new RunReportSpool(home);
  }

  @Override
  public void close() {
    wire.close();
  }
}
