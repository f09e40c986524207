package org.hikae.device.protection;

import java.time.Duration;
import org.hikae.device.AgentException;
import org.hikae.device.login.RefreshingTokenSource;

/**
 * Makes sure that the person signed in lately before they type a password, because the vault takes
 * registrations and guesses only within ten minutes of a sign-in (spec HK1-V-03), and a refusal
 * after typing would be a nuisance. Both times are the realm's: by a computer's clock that is ahead
 * no sign-in would ever be new enough (spec HK1-E-18).
 */
public final class RecentSignIn {

  private static final Duration FRESH = Duration.ofMinutes(7);

  private final RefreshingTokenSource tokens;
  private final UserPrompt userPrompt;

  /** Asks {@code person} to sign in when needed. */
  public RecentSignIn(RefreshingTokenSource tokens, UserPrompt userPrompt) {
    this.tokens = tokens;
    this.userPrompt = userPrompt;
  }

  /** Signs in again unless the last sign-in leaves three minutes. */
  public void ensure() throws AgentException {
    if (tokens.realmTime().isAfter(tokens.tokens().authTime().plus(FRESH))) {
      userPrompt.signsInAgain();
    }
  }
}
