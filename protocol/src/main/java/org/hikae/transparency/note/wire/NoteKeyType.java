package org.hikae.transparency.note.wire;

import java.util.Arrays;
import java.util.Optional;

/** What a key signs (C2SP signed-note, signature types). Others exist and are not used here. */
public enum NoteKeyType {
  /** The text of a note, as it is. */
  ED25519(1, 0),
  /** A time and the text of a checkpoint (C2SP tlog-cosignature): what a witness has seen when. */
  COSIGNATURE(4, Long.BYTES);

  private final byte number;
  private final int timeBytes;

  NoteKeyType(int number, int timeBytes) {
    this.number = (byte) number;
    this.timeBytes = timeBytes;
  }

  /** The type with this number, if it is one of these. */
  static Optional<NoteKeyType> of(byte number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }

  /** By which keys and their identifiers name it. */
  byte number() {
    return number;
  }

  /** Bytes of the time that stands before the signature itself. */
  int timeBytes() {
    return timeBytes;
  }
}
