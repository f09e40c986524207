package org.hikae.enrollment.control;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Checks that what a device says about a wrap is what the wrap's own head says. The portal can open
 * no wrap, but it need not file one under a wrong name.
 */
public final class WrapHeaderCheck {

  private final WrapMethod method;
  private final long generation;
  private final byte @Nullable [] wrap;

  private WrapHeaderCheck(WrapMethod method, long generation, byte @Nullable [] wrap) {
    this.method = method;
    this.generation = generation;
    this.wrap = wrap;
  }

  /** Reads a request to file the wrap {@code wrapId}. */
  public static WrapHeaderCheck of(String wrapId, PutWrap put) {
    byte[] id = EnrollmentRequestFields.idBytes("wrapId", wrapId);
    byte[] setId = EnrollmentRequestFields.idBytes("setId", put.setId());
    WrapMethod method = put.method();
    String blob = put.blob();
    if (method == WrapMethod.PASSWORD_VAULT) {
      if (blob != null) {
        throw Refusal.malformed("blob must be absent: the wrap of a password lies in the vault.");
      }
      return new WrapHeaderCheck(method, put.generation(), null);
    }
    if (blob == null) {
      throw Refusal.malformed("blob is missing.");
    }
    byte[] wrap = EnrollmentRequestFields.bytes("blob", blob, Hk1Constants.MAX_WRAP_BYTES);
    WrapHeader head = head(wrap);
    requireSame(head, method, setId, put.generation(), id);
    requireLeadsDown(head);
    return new WrapHeaderCheck(method, put.generation(), wrap);
  }

  private static WrapHeader head(byte[] wrap) {
    try {
      return WrapHeader.parse(wrap);
    } catch (MalformedException e) {
      throw Refusal.malformed(e);
    }
  }

  private static void requireSame(
      WrapHeader head, WrapMethod method, byte[] setId, long generation, byte[] wrapId) {
    boolean same =
        head.method() == method
            && head.generation() == generation
            && TextCodec.hex(head.setId()).equals(TextCodec.hex(setId))
            && TextCodec.hex(head.wrapId()).equals(TextCodec.hex(wrapId));
    if (!same) {
      throw Refusal.malformed("The head of the wrap says something else than the request.");
    }
  }

  private static void requireLeadsDown(WrapHeader head) {
    if (head.method() != WrapMethod.CHAIN) {
      return;
    }
    long above = ByteBuffer.wrap(head.params()).getInt() & 0xffff_ffffL;
    if (above != head.generation() + 1) {
      throw Refusal.malformed("A chain leads from a generation to the one before it.");
    }
  }

  /**
   * Whether the wrap may be filed while the set is of this generation: a chain from the K that a
   * rotation prepares, a protection of K, or one of the K that is prepared.
   */
  public boolean fits(long current, boolean active) {
    boolean ofCurrent = generation == current && (method.protects() || active);
    boolean prepared = generation == current + 1 && method.protects() && active;
    return ofCurrent || prepared;
  }

  /**
   * Whether a wrap that is filed counts towards the most that a set of this generation may have.
   * The chains of the generations before do not: there is one of each, they are never revoked, and
   * they must not keep anybody from rotating.
   */
  public static boolean counts(WrapMethod method, long generation, long current) {
    return method.protects() || generation >= current;
  }

  /** Generation of the K in it. */
  public long generation() {
    return generation;
  }

  /** What opens the wrap. */
  public WrapMethod method() {
    return method;
  }

  /** The wrap; null for PASSWORD_VAULT. */
  public byte @Nullable [] wrap() {
    return wrap == null ? null : wrap.clone();
  }

  /** Whether {@code filed} are the same bytes. */
  public boolean sameAs(byte @Nullable [] filed) {
    return filed == null ? wrap == null : wrap != null && Arrays.mismatch(filed, wrap) < 0;
  }
}
