package org.hikae.device.optin;

import java.security.SecureRandom;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.DigitKey;
import org.hikae.device.keys.Wraps;
import org.hikae.device.remote.DevicePortal;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.Ids;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;

/** The wraps of K under 64-digit keys, which the portal keeps and cannot open. */
public final class DigitWraps {

  private final DevicePortal portal;
  private final SecureRandom random;

  /** Works with the wraps that {@code portal} keeps. */
  public DigitWraps(DevicePortal portal, SecureRandom random) {
    this.portal = portal;
    this.random = random;
  }

  /** K and the wrap it came out of; the caller closes the key. */
  public record Opened(BackupKey key, String wrapId) {
    @Override
    public String toString() {
      return "Opened(REDACTED)";
    }
  }

  /** Those that the portal serves of the current set. */
  public List<WrapView> served() throws AgentException {
    return portal.wraps().stream()
        .filter(view -> view.method().equals(WrapMethod.DIGIT_KEY.name()))
        .toList();
  }

  /**
   * Files a wrap under new digits and proves that what the portal then serves opens with them.
   *
   * @return the wrap's identifier
   */
  String file(BackupKey key, DigitKey digits) throws AgentException {
    try (SecretBytes secret = digits.secret()) {
      byte[] wrap = Wraps.seal(key, WrapMethod.DIGIT_KEY, new byte[0], secret, random);
      String wrapId = Ids.hex(WrapHeader.parse(wrap).wrapId());
      portal.putWrap(
          wrapId,
          new PutWrap(
              Ids.hex(key.setId()),
              key.generation(),
              WrapMethod.DIGIT_KEY.name(),
              Ids.base64(wrap)));
      try (BackupKey opened = Wraps.open(bytes(serving(wrapId)), secret)) {
        Unlocking.requireSame(key, opened, "optin.proof-failed");
      }
      return wrapId;
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.CORRUPT, e, "optin.proof-failed");
    }
  }

  private WrapView serving(String wrapId) throws AgentException {
    return served().stream()
        .filter(view -> view.wrapId().equals(wrapId))
        .findFirst()
        .orElseThrow(() -> new AgentException(RunResult.CORRUPT, "optin.proof-failed"));
  }

  private static byte[] bytes(WrapView view) throws MalformedException {
    String blob = view.blob();
    return Ids.parseBase64("blob", blob == null ? "" : blob, Hk1.MAX_WRAP_BYTES);
  }

  /** What these digits open; refused when they open none of the current set's wraps. */
  public Opened open(DigitKey digits) throws AgentException {
    try (SecretBytes secret = digits.secret()) {
      for (WrapView view : served()) {
        byte[] wrap = bytes(view);
        if (WrapHeader.parse(wrap).method() == WrapMethod.DIGIT_KEY) {
          try {
            return new Opened(Wraps.open(wrap, secret), view.wrapId());
          } catch (CryptoException e) {
            // A wrap of an earlier key; another may fit.
          }
        }
      }
    } catch (MalformedException e) {
      throw new AgentException(RunResult.CORRUPT, e, "unlock.wrap-malformed");
    }
    throw new AgentException(RunResult.LOCKED, "unlock.wrong-digits");
  }

  /** Has the portal stop serving these; never the last wrap of K. */
  void revoke(List<WrapView> wraps) throws AgentException {
    for (WrapView view : wraps) {
      portal.revokeWrap(view.wrapId(), false);
    }
  }
}
