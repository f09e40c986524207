package org.hikae.device.backup;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.PackWriter.SealedPack;
import org.hikae.device.sealing.SealContext;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.Ids;
import org.jspecify.annotations.Nullable;

/**
 * Packs that were sent but belong to no snapshot yet, with their sealed directories, so that a run
 * after an interrupted one need not send their chunks again. The file holds ciphertext only, may
 * end in the middle of a line after a crash, and can be lost at no cost.
 */
final class PendingPacks {

  private static final int MAX_TAIL_BYTES = 4 * 1024 * 1024;
  private static final int HEAD_BYTES = Hk1.HASH_BYTES + PackReader.HEADER_BYTES + 8;

  private final @Nullable Path file;

  PendingPacks(@Nullable Path folder, SealContext context) {
    this.file =
        folder == null
            ? null
            : folder.resolve(
                "pending-"
                    + Ids.hex(context.setId())
                    + "-"
                    + context.generation()
                    + "-"
                    + Ids.hex(context.deviceId()));
  }

  /** Notes that a pack is stored. Called by several threads. */
  synchronized void add(Hash256 name, SealedPack pack) {
    if (file == null) {
      return;
    }
    byte[] object = pack.object();
    byte[] tail = Arrays.copyOfRange(object, pack.directoryAt(), object.length);
    ByteArrayOutputStream line = new ByteArrayOutputStream(HEAD_BYTES + tail.length);
    line.writeBytes(name.toBytes());
    line.write(object, 0, PackReader.HEADER_BYTES);
    line.writeBytes(ByteBuffer.allocate(8).putInt(object.length).putInt(tail.length).array());
    line.writeBytes(tail);
    try {
      Files.write(file, line.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      // A later run sends the pack's chunks again.
    }
  }

  /** Takes what earlier runs left, one pack at a time. */
  @FunctionalInterface
  interface Reader {
    /** The next pack. */
    void take(Hash256 name, byte[] header, int packLength, byte[] tail)
        throws IOException, DamagedException;
  }

  /** Names of the packs that earlier runs left. */
  Set<Hash256> names() {
    Set<Hash256> names = new HashSet<>();
    read((name, header, length, tail) -> names.add(name));
    return names;
  }

  /** Goes through what earlier runs left; a broken end is passed over. */
  void read(Reader reader) {
    if (file == null || !Files.isRegularFile(file)) {
      return;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      while (true) {
        byte[] name = in.readNBytes(Hk1.HASH_BYTES);
        byte[] header = in.readNBytes(PackReader.HEADER_BYTES);
        int length = in.readInt();
        int tailLength = in.readInt();
        if (tailLength < 0 || tailLength > MAX_TAIL_BYTES) {
          return;
        }
        byte[] tail = in.readNBytes(tailLength);
        if (tail.length < tailLength) {
          return;
        }
        reader.take(Hash256.of(name), header, length, tail);
      }
    } catch (IOException | DamagedException e) {
      // The end, or nothing of use from here on.
    }
  }

  /** Forgets everything: it belongs to a snapshot now, or is of no use. */
  synchronized void clear() {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // The next run finds the packs in its snapshot and needs no second note of them.
    }
  }
}
