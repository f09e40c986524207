package org.hikae.device.search;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Names as they are searched: without a difference between capitals and others, between wide and
 * narrow forms, and between ways to write one character.
 */
final class FoldedName {

  private FoldedName() {}

  /** A name in the form in which it is compared. */
  static byte[] of(byte[] name) {
    byte[] folded = name.clone();
    boolean plain = true;
    for (int i = 0; i < folded.length; i++) {
      byte b = folded[i];
      plain &= b >= 0;
      if (b >= 'A' && b <= 'Z') {
        folded[i] = (byte) (b + ('a' - 'A'));
      }
    }
    return plain ? folded : unicode(name, folded);
  }

  private static byte[] unicode(byte[] name, byte[] otherwise) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(name))
              .toString();
      String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
      return folded.getBytes(StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      // Not UTF-8: its letters of ASCII are still found.
      return otherwise;
    }
  }
}
