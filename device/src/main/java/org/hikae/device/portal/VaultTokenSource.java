package org.hikae.device.portal;

import java.time.Instant;
import org.hikae.device.AgentException;

/** Access tokens for the vault; implemented by the sign-in. */
public interface VaultTokenSource {

  /**
   * A token, sealed to nobody yet.
   *
   * @param text as it is sent
   * @param whyUnbound why others than this device could use it; empty when the realm has bound it
   *     to the device's key
   * @param older whether it says that the person signed in earlier than the plain one says
   */
  record VaultToken(String text, String whyUnbound, boolean older) {

    /** Whether it is of use to this device alone. */
    public boolean bound() {
      return whyUnbound.isEmpty();
    }

    @Override
    public String toString() {
      return "VaultToken(REDACTED)";
    }
  }

  /**
   * A token that is good for some seconds more, bound to the device's key if the realm does that.
   */
  VaultToken token() throws AgentException;

  /** One that is not bound, for a vault that does not want them bound. */
  String plain() throws AgentException;

  /**
   * The time by the clock of the realm that gives the tokens (spec HK1-E-18): this computer's may
   * be wrong, as a new one's is now and then.
   */
  Instant now() throws AgentException;

  /** Compares both clocks anew. */
  void compareClocks() throws AgentException;

  /** The vault is of an earlier release and takes no other: {@link #token} gives no other, then. */
  void plainOnly();
}
