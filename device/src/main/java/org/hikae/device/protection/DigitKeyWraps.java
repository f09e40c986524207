package org.hikae.device.protection;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.DigitKey;
import org.hikae.device.keys.WrapSealer;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;

/** The wraps of K under 64-digit keys, which the portal keeps and cannot open. */
public final class DigitKeyWraps {

  private final DevicePortalClient portal;
  private final SecureRandom random;

  /** Works with the wraps that {@code portal} keeps. */
  public DigitKeyWraps(DevicePortalClient portal, SecureRandom random) {
    this.portal = portal;
    this.random = random;
  }

  /** K and the wrap it came out of; the caller closes the key. */
  public record OpenedWrap(BackupKey key, String wrapId) {
    @Override
    public String toString() {
      return "OpenedWrap(REDACTED)";
    }
  }

  /** Those that the portal serves of the current set. */
  public List<WrapView> served() throws AgentException {
    return ofDigits(portal.wraps());
  }

  static List<WrapView> ofDigits(List<WrapView> wraps) {
    return wraps.stream().filter(view -> WrapKind.of(view).is(WrapMethod.DIGIT_KEY)).toList();
  }

  /**
   * Files a wrap under new digits and proves that what the portal then serves opens with them.
   *
   * @return the wrap's identifier
   */
  String file(BackupKey key, DigitKey digits) throws AgentException {
    try (SecretBytes secret = digits.secret()) {
      byte[] wrap = WrapSealer.seal(key, WrapMethod.DIGIT_KEY, new byte[0], secret, random);
      String wrapId = TextCodec.hex(WrapHeader.parse(wrap).wrapId());
      portal.putWrap(
          wrapId,
          new PutWrap(
              TextCodec.hex(key.setId()),
              key.generation(),
              WrapMethod.DIGIT_KEY,
              TextCodec.base64(wrap)));
      try (BackupKey opened = WrapSealer.open(WrapKind.bytes(serving(wrapId)), secret)) {
        KeyUnlock.requireSame(key, opened, "optin.proof-failed");
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

  /** What these digits open; refused when they open none of the wraps that are served. */
  public OpenedWrap open(DigitKey digits) throws AgentException {
    return open(served(), digits, header -> 0);
  }

  /**
   * The same for a set and its generation: who serves a wrap of another one beside the right one
   * hides nothing by that.
   */
  OpenedWrap open(DigitKey digits, byte[] setId, long generation) throws AgentException {
    return open(served(), digits, header -> fit(header, setId, generation));
  }

  /** How well a wrap fits (spec HK1-K-20): 2 without more, 1 as an alarm, 0 not at all. */
  static int fit(WrapHeader header, byte[] setId, long generation) {
    if (!MessageDigest.isEqual(header.setId(), setId)) {
      return 0;
    }
    long above = header.generation() - generation;
    return above == 0 || above == 1 ? 2 : 1;
  }

  /**
   * The same of these wraps. What a wrap is says its header, not the portal: of several that these
   * digits open the one that fits best counts, then the highest generation, and one that cannot be
   * read hides no other.
   */
  static OpenedWrap open(List<WrapView> served, DigitKey digits, ToIntFunction<WrapHeader> fit)
      throws AgentException {
    Comparator<WrapHeader> order =
        Comparator.comparingInt(fit).thenComparingLong(WrapHeader::generation);
    OpenedWrap best = null;
    WrapHeader bestHeader = null;
    int unreadable = 0;
    try (SecretBytes secret = digits.secret()) {
      for (WrapView view : served) {
        try {
          byte[] wrap = WrapKind.bytes(view);
          WrapHeader header = WrapHeader.parse(wrap);
          boolean better = bestHeader == null || order.compare(header, bestHeader) > 0;
          if (header.method() == WrapMethod.DIGIT_KEY && better) {
            OpenedWrap opened =
                new OpenedWrap(WrapSealer.open(wrap, secret), TextCodec.hex(header.wrapId()));
            if (best != null) {
              best.key().close();
            }
            best = opened;
            bestHeader = header;
          }
        } catch (MalformedException e) {
          unreadable++;
        } catch (CryptoException e) {
          // A wrap of other digits; another may fit.
        }
      }
    }
    if (best == null) {
      throw unreadable > 0
          ? new AgentException(RunResult.CORRUPT, "unlock.wrap-malformed")
          : new AgentException(RunResult.LOCKED, "unlock.wrong-digits");
    }
    return best;
  }

  /** Has the portal stop serving these; never the last wrap of K. */
  void revoke(List<WrapView> wraps) throws AgentException {
    for (WrapView view : wraps) {
      portal.revokeWrap(view.wrapId(), false);
    }
  }
}
