package org.hikae.device.cli.account;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignInFlow;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.http.SafeAddress;
import org.hikae.device.http.TrustedAuthorities;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.ManagedDefaults;
import org.hikae.device.state.StateFile;
import org.hikae.device.vaultclient.VaultConnector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Signs in and makes this device known to the portal. */
@Command(
    name = "login",
    description =
        "Sign in with your company account and make this device known to the portal.%n"
            + "Signing in again renews a sign-in that has become too old.")
public final class LoginCommand extends AgentCommand {

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Address of the portal, such as https://backup.example.com.")
  private @Nullable String server;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "Trust only the authorities in this PEM file.")
  private @Nullable String caFile;

  @Option(
      names = "--vault-root",
      paramLabel = "FINGERPRINT",
      description =
          "Fingerprint of the vault root, from your IT and not from the portal."
              + " Without it only the 64-digit key is offered.")
  private @Nullable String vaultRoot;

  @Option(
      names = "--device-name",
      paramLabel = "NAME",
      description = "What to call this device; its host name by default.")
  private @Nullable String deviceName;

  @Option(
      names = "--browser",
      description = "Sign in with the browser of this computer instead of by a code.")
  private boolean browser;

  public LoginCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    ManagedDefaults managed = ManagedDefaults.read(here().managed());
    StateFile stateFile =
        new StateFile(AgentHome.of(here().environment(), here().userHome()).create());
    Optional<AgentState> earlier = stateFile.read();
    SignInFlow.Target target = target(managed, earlier);
    String name = name(managed, earlier);
    AgentState state = new SignInFlow(here(), output, stateFile).signIn(target, name, browser);

    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("server", state.profile().server());
    fields.put("employee", state.profile().displayName());
    fields.put("device", state.device().name());
    fields.put("vaultPinned", state.profile().vaultRoot() != null);
    output.event("login", fields);
    output.say(
        "login.done", DisplayFormat.name(state.profile().displayName()), state.device().name());
    if (state.set() == null) {
      output.say("login.next-optin");
    }
    return RunResult.SUCCESS;
  }

  private SignInFlow.Target target(ManagedDefaults managed, Optional<AgentState> earlier)
      throws AgentException {
    String given = server == null ? managed.get("server").orElse(null) : text(server);
    String address =
        given != null
            ? given
            : earlier
                .map(state -> state.profile().server())
                .orElseThrow(() -> new AgentException(RunResult.REFUSED, "login.no-server"));
    URI checked = SafeAddress.parse(address);
    boolean sameServer =
        earlier.isPresent() && SafeAddress.isSame(earlier.get().profile().server(), checked);
    String ca = caFile == null ? managed.get("ca-file").orElse(null) : text(caFile);
    String pem = ca == null ? null : pem(Path.of(ca));
    String pin = vaultRoot == null ? managed.get("vault-root").orElse(null) : text(vaultRoot);
    String fingerprint = pin == null ? null : VaultConnector.parse(pin).hex();
    String from = pin == null ? null : vaultRoot == null ? "MANAGED" : "FLAG";
    if (sameServer) {
      pem = pem == null ? earlier.get().profile().caPem() : pem;
      from = fingerprint == null ? earlier.get().profile().vaultRootFrom() : from;
      fingerprint = fingerprint == null ? earlier.get().profile().vaultRoot() : fingerprint;
    }
    return new SignInFlow.Target(checked, pem, fingerprint, from);
  }

  private String name(ManagedDefaults managed, Optional<AgentState> earlier) {
    String given = deviceName == null ? managed.get("device-name").orElse(null) : text(deviceName);
    String name = given != null ? given : earlier.map(s -> s.device().name()).orElse(hostName());
    int end = name.offsetByCodePoints(0, Math.min(100, name.codePointCount(0, name.length())));
    return name.substring(0, end);
  }

  private static String text(String carried) {
    return RawArguments.text(carried);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "device";
    }
  }

  private static String pem(Path file) throws AgentException {
    try {
      if (Files.size(file) > TrustedAuthorities.MAX_PEM_BYTES) {
        throw new AgentException(RunResult.LOCAL, "tls.ca-file-unreadable");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "tls.ca-file-missing", file);
    }
  }
}
