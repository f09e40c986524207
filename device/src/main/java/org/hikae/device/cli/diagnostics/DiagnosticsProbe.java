package org.hikae.device.cli.diagnostics;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentVersion;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.backup.ScheduledArguments;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.DesktopNotification;
import org.hikae.device.daemon.DaemonEndpoint;
import org.hikae.device.daemon.DaemonGreeting;
import org.hikae.device.daemon.GreetingDeadline;
import org.hikae.device.diagnostics.PortalReachProbe;
import org.hikae.device.diagnostics.PortalReachProbe.PortalReading;
import org.hikae.device.diagnostics.ProbeRunner;
import org.hikae.device.diagnostics.RunHistory;
import org.hikae.device.diagnostics.RunHistoryStore;
import org.hikae.device.fuse.FuseProgram;
import org.hikae.device.http.HttpTransport;
import org.hikae.device.http.RetryPolicy;
import org.hikae.device.http.SafeAddress;
import org.hikae.device.http.TrustedAuthorities;
import org.hikae.device.schedule.Schedule;
import org.hikae.device.schedule.ScheduleStore;
import org.hikae.device.schedule.SystemdTimer;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.ManagedDefaults;
import org.hikae.device.state.StateFile;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsTools;
import org.hikae.diagnostics.wire.PortalReach;
import org.hikae.hk1.MalformedException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what this device can say of itself. No look takes longer than its limit, and none
 * fails: what cannot be found out counts as no, none or absent. Works without a sign-in, a portal
 * and a set, and changes nothing.
 */
final class DiagnosticsProbe {

  /** For a connection to the portal, and again for its answer. */
  private static final Duration ONE_ANSWER = Duration.ofSeconds(8);

  private static final Duration PORTAL = Duration.ofSeconds(20);
  private static final Duration LOCAL = Duration.ofSeconds(5);

  private final AgentEnvironment here;
  private final String language;
  private final AgentHome home;
  private final ScheduleStore schedules;

  DiagnosticsProbe(AgentEnvironment here, String language) {
    this.here = here;
    this.language = language;
    this.home = AgentHome.of(here.environment(), here.userHome());
    this.schedules = new ScheduleStore(home);
  }

  Diagnostics look() {
    Instant now = here.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    Optional<AgentState> state =
        ProbeRunner.ask(LOCAL, Optional.<AgentState>empty(), () -> new StateFile(home).read());
    boolean signedIn = state.filter(known -> known.refreshToken() != null).isPresent();
    PortalReading portal = portal(state, signedIn);
    Optional<Schedule> schedule =
        ProbeRunner.ask(LOCAL, Optional.<Schedule>empty(), schedules::schedule);
    RunHistory history =
        ProbeRunner.ask(LOCAL, RunHistory.NONE, () -> new RunHistoryStore(home).read());
    Diagnostics found =
        new Diagnostics(
            Diagnostics.FORMAT,
            now,
            Diagnostics.printable(AgentVersion.CURRENT, Diagnostics.MAX_AGENT_VERSION_CHARS),
            property("os.name", Diagnostics.MAX_SYSTEM_CHARS),
            property("os.version", Diagnostics.MAX_SYSTEM_VERSION_CHARS),
            property("os.arch", Diagnostics.MAX_ARCHITECTURE_CHARS),
            property("java.version", Diagnostics.MAX_JAVA_VERSION_CHARS),
            language,
            // An agent that systemd has to start first answers late.
            ProbeRunner.ask(GreetingDeadline.STANDARD, false, this::isStaying),
            schedule.isPresent(),
            schedule.flatMap(known -> next(now)).orElse(null),
            ProbeRunner.ask(LOCAL, false, () -> schedules.paused(now).isPresent()),
            signedIn,
            state.filter(known -> known.set() != null).isPresent(),
            ProbeRunner.ask(LOCAL, Optional.<Long>empty(), () -> Optional.of(freeBytes()))
                .orElse(null),
            portal.clockOffsetSeconds(),
            portal.reach(),
            tools(),
            schedule.map(this::folders).orElse(0),
            history.runs(),
            history.problems());
    try {
      found.requireValid();
      return found;
    } catch (MalformedException e) {
      throw new IllegalStateException("what a device says of itself is within its bounds", e);
    }
  }

  private static String property(String name, int maxChars) {
    return Diagnostics.printable(System.getProperty(name), maxChars);
  }

  private PortalReading portal(Optional<AgentState> state, boolean signedIn) {
    Optional<URI> server = ProbeRunner.ask(LOCAL, Optional.<URI>empty(), () -> server(state));
    if (server.isEmpty()) {
      return new PortalReading(PortalReach.NO_ADDRESS, null);
    }
    PortalReading reached =
        ProbeRunner.ask(
            PORTAL,
            new PortalReading(PortalReach.TIMEOUT, null),
            () -> reached(server.get(), state));
    if (reached.reach() != PortalReach.OK) {
      return reached;
    }
    PortalReach taken =
        signedIn ? ProbeRunner.ask(PORTAL, PortalReach.TIMEOUT, this::taken) : PortalReach.SIGN_IN;
    return new PortalReading(taken, reached.clockOffsetSeconds());
  }

  /** The portal of the sign-in, else the one that the company's defaults name. */
  private Optional<URI> server(Optional<AgentState> state) throws AgentException {
    Optional<String> address =
        state.isPresent()
            ? state.map(known -> known.profile().server())
            : ManagedDefaults.read(here.managed()).get("server");
    return address.isEmpty() ? Optional.empty() : Optional.of(SafeAddress.parse(address.get()));
  }

  private PortalReading reached(URI server, Optional<AgentState> state) throws AgentException {
    String pem = state.isPresent() ? state.get().profile().caPem() : managedAuthorities();
    SSLContext tls;
    try {
      tls = TrustedAuthorities.context(pem);
    } catch (AgentException e) {
      return new PortalReading(PortalReach.CERTIFICATE, null);
    }
    try (HttpTransport transport =
        new HttpTransport(tls, RetryPolicy.ONCE, here.pause(), here.random())) {
      return new PortalReachProbe(transport, server, here.clock(), ONE_ANSWER).look();
    }
  }

  private @Nullable String managedAuthorities() throws AgentException {
    Optional<String> file = ManagedDefaults.read(here.managed()).get("ca-file");
    try {
      if (file.isEmpty() || Files.size(Path.of(file.get())) > TrustedAuthorities.MAX_PEM_BYTES) {
        return null;
      }
      return Files.readString(Path.of(file.get()), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // Then the system's authorities have to do.
      return null;
    }
  }

  /** Whether the portal takes the sign-in, which may also end at the sign-on. */
  private PortalReach taken() {
    try (SignedInAgent agent = SignedInAgent.openOnce(here, language)) {
      var _ = agent.portal().context();
      return PortalReach.OK;
    } catch (AgentException e) {
      return e.result() == RunResult.REFUSED ? PortalReach.SIGN_IN : PortalReach.OTHER;
    }
  }

  /** Whether an agent that stays says who it is, of whatever release. */
  private boolean isStaying() throws IOException {
    Optional<SocketChannel> agent =
        DaemonEndpoint.of(here.environment()).flatMap(DaemonEndpoint::connect);
    if (agent.isEmpty()) {
      return false;
    }
    try (SocketChannel connection = agent.get();
        GreetingDeadline _ = new GreetingDeadline(connection, GreetingDeadline.STANDARD)) {
      DaemonGreeting.write(Channels.newOutputStream(connection), DaemonGreeting.ofThisBuild());
      var _ = DaemonGreeting.read(new BufferedInputStream(Channels.newInputStream(connection)));
      return true;
    }
  }

  private Optional<Instant> next(Instant now) {
    return ProbeRunner.ask(
            LOCAL, Optional.<Instant>empty(), () -> Optional.of(schedules.runs(now).next()))
        .filter(RunHistory::isInRange);
  }

  /** Those that the schedule names; the company's are not chosen here. */
  private int folders(Schedule schedule) {
    return ProbeRunner.ask(LOCAL, 0, () -> ScheduledArguments.of(here, schedule).paths().size());
  }

  /** Where the folder is not there yet, of the place where it would be made. */
  private long freeBytes() throws IOException {
    Path place = home.folder();
    while (place != null && Files.notExists(place)) {
      place = place.getParent();
    }
    return place == null ? 0 : Math.max(0, Files.getFileStore(place).getUsableSpace());
  }

  private DiagnosticsTools tools() {
    SystemdTimer timer =
        new SystemdTimer(here.environment(), here.userHome(), here.computer().programs());
    return new DiagnosticsTools(
        ProbeRunner.ask(LOCAL, false, timer::available),
        ProbeRunner.ask(LOCAL, false, () -> FuseProgram.find(here.environment()).isPresent()),
        ProbeRunner.ask(LOCAL, false, () -> DesktopNotification.isPossible(here)));
  }
}
