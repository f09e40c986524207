package org.hikae.backup.restic.control;

import org.hikae.backup.wire.PutResticPassword;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.ResticWrap;
import org.hikae.hk1.TextCodec;
import org.hikae.problem.control.Refusal;

/** Checks the form of a restic password under K; more of it the portal cannot see (HK1-G-10). */
public final class ResticPasswordCheck {

  private static final long MAX_GENERATION = 0xffff_ffffL;

  private ResticPasswordCheck() {}

  /** The sealed bytes of a request that has the form; everything else is refused as malformed. */
  public static byte[] wrap(PutResticPassword put) {
    if (put.generation() < 1 || put.generation() > MAX_GENERATION) {
      throw Refusal.malformed("generation must be 1 to " + MAX_GENERATION + ".");
    }
    if (put.number() < 1 || put.number() > ResticWrap.MAX_KEPT) {
      throw Refusal.malformed("number must be 1 to " + ResticWrap.MAX_KEPT + ".");
    }
    try {
      TextCodec.parseId("setId", put.setId());
      byte[] wrap = TextCodec.parseBase64("blob", put.blob(), ResticWrap.BYTES);
      ResticWrap.check(wrap);
      return wrap;
    } catch (MalformedException e) {
      throw Refusal.malformed(e);
    }
  }
}
