package org.hikae.device.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.device.AgentException;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.DeviceKeyPair;
import org.hikae.device.state.ManagedDefaults;
import org.hikae.device.state.SignInProfile;
import org.hikae.device.state.UnlockedSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HK1-E-20: which sign-on counts, and that no other one takes K away. */
class PinnedIssuerTest {

  private static final String PORTAL = "https://backup.example.com";
  private static final String FIRST = "https://sso.example.com/realms/hikae";
  private static final String OTHER = "https://login.example.com/realms/hikae";

  @TempDir Path folder;

  private static AgentState signedIn() {
    SignInProfile profile =
        new SignInProfile(PORTAL, FIRST, "hikae-agent", "sub", "Ann", null, null, null);
    return AgentState.enrolled(profile, new DeviceKeyPair("laptop", "", ""), "");
  }

  private static AgentState withKey() {
    return signedIn().withSet(UnlockedSet.of("00".repeat(16), 1, "K"));
  }

  private PinnedIssuer of(@Nullable String managed, @Nullable AgentState earlier, String server)
      throws Exception {
    Path file = folder.resolve("agent.properties");
    Files.writeString(file, managed == null ? "" : "issuer=" + managed + "\n");
    return PinnedIssuer.of(ManagedDefaults.read(file), earlier, URI.create(server));
  }

  private static void assertRefused(PinnedIssuer issuer, String named, String why) {
    assertThatThrownBy(() -> issuer.require(named))
        .isInstanceOf(AgentException.class)
        .hasMessage(why);
  }

  @Test
  void the_company_comes_first_then_what_is_remembered_of_this_portal() throws Exception {
    assertThat(of(null, null, PORTAL).pinned()).isEmpty();
    assertThat(of(null, signedIn(), PORTAL).pinned()).contains(FIRST);
    assertThat(of(null, signedIn(), "https://another.example.com").pinned()).isEmpty();
    assertThat(of(OTHER, null, PORTAL).pinned()).contains(OTHER);
    assertThat(of(OTHER, signedIn(), PORTAL).pinned()).contains(OTHER);
  }

  @Test
  void what_a_portal_names_is_taken_only_where_nothing_else_counts() throws Exception {
    of(null, null, PORTAL).require(OTHER);
    of(null, signedIn(), PORTAL).require(FIRST);
    of(OTHER, signedIn(), PORTAL).require(OTHER);
    assertRefused(of(null, signedIn(), PORTAL), OTHER, "login.wrong-issuer");
    assertRefused(of(OTHER, signedIn(), PORTAL), FIRST, "login.wrong-issuer");
    assertRefused(of(OTHER, null, PORTAL), FIRST, "login.wrong-issuer");
  }

  @Test
  void a_device_with_k_stays_with_its_issuer_whoever_names_another() throws Exception {
    of(null, withKey(), PORTAL).require(FIRST);
    of(FIRST, withKey(), "https://another.example.com").require(FIRST);
    assertRefused(of(OTHER, withKey(), PORTAL), OTHER, "login.key-of-another-issuer");
    assertRefused(
        of(null, withKey(), "https://another.example.com"), OTHER, "login.key-of-another-issuer");
  }
}
