package org.hikae.device.protection;

import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;
import org.jspecify.annotations.Nullable;

/**
 * What a wrap is: as its header says, so that no word of the portal hides one that opens (spec
 * HK1-K-04). The portal's word is all there is of one that cannot be read, and of the one that lies
 * in the vault.
 *
 * @param method which; null for one that this agent does not know
 * @param generation of K
 */
record WrapKind(@Nullable WrapMethod method, long generation) {

  static WrapKind of(WrapView view) {
    try {
      WrapHeader header = WrapHeader.parse(bytes(view));
      return new WrapKind(header.method(), header.generation());
    } catch (MalformedException e) {
      return new WrapKind(view.method(), view.generation());
    }
  }

  static byte[] bytes(WrapView view) throws MalformedException {
    String blob = view.blob();
    return TextCodec.parseBase64("blob", blob == null ? "" : blob, Hk1Constants.MAX_WRAP_BYTES);
  }

  boolean is(WrapMethod other) {
    return method == other;
  }
}
