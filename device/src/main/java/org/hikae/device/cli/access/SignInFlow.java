package org.hikae.device.cli.access;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.BrowserRunner;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.PersonDialog;
import org.hikae.device.diagnostics.RunHistoryStore;
import org.hikae.device.http.HttpTransport;
import org.hikae.device.http.RetryPolicy;
import org.hikae.device.http.SafeAddress;
import org.hikae.device.http.TrustedAuthorities;
import org.hikae.device.login.BrowserLogin;
import org.hikae.device.login.DeviceCodeLogin;
import org.hikae.device.login.EnrollmentFlow;
import org.hikae.device.login.OidcClient;
import org.hikae.device.login.OidcEndpoints;
import org.hikae.device.login.PinnedIssuer;
import org.hikae.device.login.TokenSet;
import org.hikae.device.login.WrongAccountException;
import org.hikae.device.portal.EnrollmentClient;
import org.hikae.device.portal.PortalHttpClient;
import org.hikae.device.portal.PortalTokenSource;
import org.hikae.device.possession.ChallengeSampleStore;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.ManagedDefaults;
import org.hikae.device.state.SignInProfile;
import org.hikae.device.state.StateFile;
import org.hikae.enrollment.wire.About;
import org.jspecify.annotations.Nullable;

/** One sign-in from the portal's address to an enrolled device and a written secrets file. */
public final class SignInFlow {

  private final AgentEnvironment here;
  private final CommandOutput output;
  private final StateFile stateFile;

  public SignInFlow(AgentEnvironment here, CommandOutput output, StateFile stateFile) {
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
  void again(Consumer<TokenSet> accept) throws AgentException {
    AgentState state = stateFile.require();
    SignInProfile profile = state.profile();
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
      Target target, String deviceName, boolean browser, boolean same, Consumer<TokenSet> accept)
      throws AgentException {
    PinnedIssuer issuer =
        PinnedIssuer.of(
            ManagedDefaults.read(here.managed()), stateFile.read().orElse(null), target.server());
    try (HttpTransport wire =
        new HttpTransport(
            TrustedAuthorities.context(target.caPem()),
            RetryPolicy.STANDARD,
            here.pause(),
            here.random())) {
      PortalHttpClient http =
          new PortalHttpClient(wire, target.server(), output.messages().language());
      About about = EnrollmentClient.about(http);
      var _ = SafeAddress.parse(about.issuer());
      issuer.require(about.issuer());
      if (issuer.pinned().isEmpty()) {
        // The portal's word alone: whoever types a password there should know where.
        output.event("realm", Map.of("issuer", DisplayFormat.plain(about.issuer())));
        output.say("login.realm", about.issuer());
      }
      OidcClient oidc = new OidcClient(wire);
      OidcEndpoints endpoints = OidcEndpoints.discover(oidc, about.issuer());
      TokenSet tokens = tokens(oidc, endpoints, about.agentClientId(), browser);
      AgentState state;
      try {
        state = enrolled(http, about, target, tokens, deviceName, same);
      } catch (WrongAccountException e) {
        giveBack(target, endpoints, about.agentClientId(), tokens);
        throw e;
      }
      accept.accept(tokens);
      return state;
    }
  }

  private AgentState enrolled(
      PortalHttpClient http,
      About about,
      Target target,
      TokenSet tokens,
      String deviceName,
      boolean same)
      throws AgentException {
    if (!tokens.issuer().equals(about.issuer())) {
      throw new WrongAccountException("login.wrong-issuer", about.issuer(), tokens.issuer());
    }
    SignInProfile wanted =
        new SignInProfile(
            target.server().toString(),
            about.issuer(),
            about.agentClientId(),
            tokens.subject(),
            "",
            target.caPem(),
            target.vaultRoot(),
            target.vaultRootFrom());
    AgentState earlier = stateFile.read().orElse(null);
    EnrollmentFlow.Enrolled enrolled =
        new EnrollmentFlow(new EnrollmentClient(http, only(tokens)), here.random())
            .enrol(tokens, wanted, deviceName, platform(), earlier, same);
    if (earlier != null && !isSamePerson(earlier.profile(), wanted)) {
      AgentHome home = AgentHome.of(here.environment(), here.userHome());
      new RunHistoryStore(home).forget();
      new ChallengeSampleStore(home, here.clock()).forget();
    }
    return stateFile.replace(newest -> enrolled.over(newest.orElse(null)));
  }

  private static boolean isSamePerson(SignInProfile one, SignInProfile other) {
    return one.subject().equals(other.subject()) && one.issuer().equals(other.issuer());
  }

  /**
   * Ends the offline session of tokens that nobody will use, at the realm that gave them. Tried
   * once, because the person waits to hear why they are refused.
   */
  private void giveBack(Target target, OidcEndpoints realm, String clientId, TokenSet tokens) {
    boolean ended = false;
    try (HttpTransport wire =
        new HttpTransport(
            TrustedAuthorities.context(target.caPem()),
            RetryPolicy.ONCE,
            here.pause(),
            here.random())) {
      ended = new OidcClient(wire).revoke(realm, clientId, tokens.refreshToken());
    } catch (AgentException e) {
      // It is said below.
    }
    if (!ended) {
      output.note("login.not-revoked");
    }
  }

  private TokenSet tokens(
      OidcClient oidc, OidcEndpoints endpoints, String clientId, boolean browser)
      throws AgentException {
    if (browser) {
      return new BrowserLogin(oidc, endpoints, clientId, here.clock(), here.random())
          .signIn(output.messages().get("login.browser-done"), this::openBrowser);
    }
    try {
      return new DeviceCodeLogin(
              oidc, endpoints, clientId, here.clock(), here.pause(), here.random())
          .signIn(this::showCode);
    } finally {
      output.dialog().ifPresent(PersonDialog::signInEnded);
    }
  }

  private void showCode(DeviceCodeLogin.UserCode code) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("userCode", code.userCode());
    fields.put("verificationUri", code.verificationUri());
    fields.put("verificationUriComplete", code.completeUri());
    fields.put("page", code.page());
    fields.put("expiresAt", code.expiresAt().toString());
    output.event("verification", fields);
    if (output.dialog().isPresent()) {
      // Which shows the same in its own sentences, for as long as it is waited for.
      return;
    }
    output.say("login.open-page", code.page());
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
      // Where that cannot be begun the person opens the address, which is on the screen.
      var _ = BrowserRunner.ofThisDesktop(here.environment()).show(address.toString());
    }
  }

  private static PortalTokenSource only(TokenSet tokens) {
    return new PortalTokenSource() {
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
