package org.hikae.device.protection;

import java.util.Set;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.keys.DigitKey;
import org.hikae.enrollment.wire.ConsentText;
import org.hikae.hk1.WrapMethod;

/**
 * What the person, or a script in their place, decides and types. A port, so that flows are tested
 * without a terminal.
 */
public interface UserPrompt {

  /**
   * Shows the consent text and the warning about losing everything; true when the person agrees.
   */
  boolean agreesTo(ConsentText text) throws AgentException;

  /**
   * How to protect K.
   *
   * @param passwordOffered false without a pinned vault root: then only the 64-digit key
   */
  KeyProtection chooses(boolean passwordOffered) throws AgentException;

  /** A new password that passed the rules, normalised, typed twice; the caller closes it. */
  SecretBytes newPassword() throws AgentException;

  /**
   * Shows the key of a set and generation once, makes a sheet if that is wanted, and has one row
   * typed back; returns only when that was right.
   */
  void keeps(DigitKey key, byte[] setId, long generation) throws AgentException;

  /** Which of the available ways to unlock with; the password is one wherever a root is pinned. */
  WrapMethod unlocksWith(Set<WrapMethod> available) throws AgentException;

  /** The password of the backup, normalised; the caller closes it. */
  SecretBytes password() throws AgentException;

  /** The 64-digit key as typed; the caller closes it. */
  DigitKey digitKey() throws AgentException;

  /** The vault asks for a sign-in of the last ten minutes: signs in again, or says how. */
  void signsInAgain() throws AgentException;

  /** Tells what happens now; {@code key} is of the message bundle. */
  void hears(String key, Object... arguments);
}
