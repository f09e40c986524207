package org.hikae.device.cli.access;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.Output;
import org.hikae.device.cli.command.Sizes;
import org.hikae.device.cli.command.Surroundings;
import org.hikae.device.http.HttpWire;
import org.hikae.device.http.RetryPolicy;
import org.hikae.device.http.SafeAddress;
import org.hikae.device.http.TrustedAuthorities;
import org.hikae.device.login.BrowserLogin;
import org.hikae.device.login.DeviceGrant;
import org.hikae.device.login.Enrolment;
import org.hikae.device.login.OidcEndpoints;
import org.hikae.device.login.OidcHttp;
import org.hikae.device.login.PinnedIssuer;
import org.hikae.device.login.Tokens;
import org.hikae.device.portal.Bearer;
import org.hikae.device.portal.EnrollmentPortal;
import org.hikae.device.portal.PortalHttp;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.ManagedDefaults;
import org.hikae.device.state.Profile;
import org.hikae.device.state.StateFile;
import org.hikae.enrollment.wire.About;
import org.jspecify.annotations.Nullable;

/** One sign-in from the portal's address to an enrolled device and a written secrets file. */
public final class SigningIn {

  private final Surroundings here;
  private final Output output;
  private final StateFile stateFile;

  public SigningIn(Surroundings here, Output output, StateFile stateFile) {
    this.here = here;
    this.output = output;
    this.stateFile = stateFile;
  }

  /**
   * Where to sign in.
   *
   * @param server the portal
   * @param caPem authorities to trust, or null for the system's
   * @param vaultRoot pinned fingerprint, or null
   * @param vaultRootFrom where the pin came from, or null
   */
  public record Target(
      URI server,
      @Nullable String caPem,
      @Nullable String vaultRoot,
      @Nullable String vaultRootFrom) {}

  public AgentState signIn(Target target, String deviceName, boolean browser)
      throws AgentException {
    return signIn(target, deviceName, browser, false, fresh -> {});
  }

  /** Signs the same person in again for a command that needs it; {@code accept} gets the tokens. */
  void again(Consumer<Tokens> accept) throws AgentException {
    AgentState state = stateFile.require();
    Profile profile = state.profile();
    Target same =
        new Target(
            SafeAddress.parse(profile.server()),
            profile.caPem(),
            profile.vaultRoot(),
            profile.vaultRootFrom());
    var _ = signIn(same, state.device().name(), false, true, accept);
  }

  /**
   * Signs in, enrols and writes the state; {@code accept} gets the tokens too.
   *
   * @param same whether it must be the person of before
   */
  private AgentState signIn(
      Target target, String deviceName, boolean browser, boolean same, Consumer<Tokens> accept)
      throws AgentException {
    PinnedIssuer issuer =
        PinnedIssuer.of(
            ManagedDefaults.read(here.managed()), stateFile.read().orElse(null), target.server());
    try (HttpWire wire =
        new HttpWire(
            TrustedAuthorities.context(target.caPem()),
            RetryPolicy.STANDARD,
            here.pause(),
            here.random())) {
      PortalHttp http = new PortalHttp(wire, target.server(), output.messages().language());
      About about = EnrollmentPortal.about(http);
      var _ = SafeAddress.parse(about.issuer());
      issuer.require(about.issuer());
      if (issuer.pinned().isEmpty()) {
        // The portal's word alone: whoever types a password there should know where.
        output.event("realm", Map.of("issuer", Sizes.plain(about.issuer())));
        output.say("login.realm", about.issuer());
      }
      OidcHttp oidc = new OidcHttp(wire);
      OidcEndpoints endpoints = OidcEndpoints.discover(oidc, about.issuer());
      Tokens tokens = tokens(oidc, endpoints, about.agentClientId(), browser);
      if (!tokens.issuer().equals(about.issuer())) {
        throw new AgentException(
            RunResult.REFUSED, "login.wrong-issuer", about.issuer(), tokens.issuer());
      }
      Profile wanted =
          new Profile(
              target.server().toString(),
              about.issuer(),
              about.agentClientId(),
              tokens.subject(),
              "",
              target.caPem(),
              target.vaultRoot(),
              target.vaultRootFrom());
      AgentState earlier = stateFile.read().orElse(null);
      Enrolment.Enrolled enrolled =
          new Enrolment(new EnrollmentPortal(http, only(tokens)), here.random())
              .enrol(tokens, wanted, deviceName, platform(), earlier, same);
      AgentState state = stateFile.replace(newest -> enrolled.over(newest.orElse(null)));
      accept.accept(tokens);
      return state;
    }
  }

  private Tokens tokens(OidcHttp oidc, OidcEndpoints endpoints, String clientId, boolean browser)
      throws AgentException {
    if (browser) {
      return new BrowserLogin(oidc, endpoints, clientId, here.clock(), here.random())
          .signIn(output.messages().get("login.browser-done"), this::openBrowser);
    }
    return new DeviceGrant(oidc, endpoints, clientId, here.clock(), here.pause(), here.random())
        .signIn(this::showCode);
  }

  private void showCode(DeviceGrant.Code code) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("userCode", code.userCode());
    fields.put("verificationUri", code.verificationUri());
    fields.put("verificationUriComplete", code.completeUri());
    fields.put("expiresAt", code.expiresAt().toString());
    output.event("verification", fields);
    output.say("login.open-page", code.completeUri());
    output.say("login.compare-code", code.userCode());
    output.say("login.waiting");
  }

  private void openBrowser(URI address) {
    output.event("browser", Map.of("address", address.toString()));
    output.say("login.open-page", address);
    output.say("login.waiting");
    boolean desktop =
        here.console() != null
            && (here.environment().containsKey("DISPLAY")
                || here.environment().containsKey("WAYLAND_DISPLAY"));
    if (desktop) {
      try {
        new ProcessBuilder("xdg-open", address.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
      } catch (java.io.IOException e) {
        // The person opens the address, which is on the screen.
      }
    }
  }

  private static Bearer only(Tokens tokens) {
    return new Bearer() {
      @Override
      public String token() {
        return tokens.accessToken();
      }

      @Override
      public String renewed(String refused) throws AgentException {
        throw new AgentException(RunResult.REFUSED, "problem.unauthenticated", "", "");
      }
    };
  }

  private static String platform() {
    String text =
        System.getProperty("os.name", "?")
            + " "
            + System.getProperty("os.version", "?")
            + " "
            + System.getProperty("os.arch", "?");
    return text.substring(0, Math.min(100, text.length()));
  }
}
