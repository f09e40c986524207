package org.hikae.device.backup.pack;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32C;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.PackWriter.SealedPack;
import org.hikae.device.sealing.SealContext;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/**
 * Packs that belong to no snapshot yet, with their sealed directories, so that a run after an
 * interrupted one need not send their chunks again.
 *
 * <p>A pack is noted before it is sent: whether the store has it is asked by the next run, so a
 * pack that arrived counts even if its answer did not. The file holds ciphertext only, may end
 * anywhere after a crash, and when it is lost the packs in it are sent again.
 */
public final class PendingPacks implements AutoCloseable {

  /** Instead of a pack's number: it holds parts of the manifest. */
  static final int OF_MANIFEST = -1;

  private static final int HEAD_BYTES = Hk1Constants.HASH_BYTES + PackReader.HEADER_BYTES + 12;
  private static final int CHECK_BYTES = 4;

  private final @Nullable Path file;
  private @Nullable FileChannel out;

  /** Where the next note begins; what is behind it was cut off by a crash. */
  private long end;

  public PendingPacks(@Nullable Path folder, SealContext context) {
    this.file =
        folder == null
            ? null
            : folder.resolve(
                "pending-"
                    + TextCodec.hex(context.setId())
                    + "-"
                    + context.generation()
                    + "-"
                    + TextCodec.hex(context.deviceId()));
  }

  /**
   * Notes that a pack is about to be sent. Called by several threads.
   *
   * @param number in the pack table, or {@link #OF_MANIFEST}
   */
  synchronized void add(int number, Hash256 name, SealedPack pack) {
    if (file == null) {
      return;
    }
    byte[] object = pack.object();
    byte[] header = Arrays.copyOf(object, PackReader.HEADER_BYTES);
    byte[] tail = Arrays.copyOfRange(object, pack.directoryAt(), pack.length());
    ByteBuffer note =
        ByteBuffer.wrap(note(new PendingPack(number, name, header, pack.length(), tail)));
    try {
      FileChannel to = out;
      if (to == null) {
        end = read(pendingPack -> {});
        to = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        out = to;
      }
      long at = end;
      while (note.hasRemaining()) {
        at += to.write(note, at);
      }
      // A note that could not be written whole is overwritten by the next.
      end = at;
    } catch (IOException e) {
      // After a crash the pack's chunks are sent again.
    }
  }

  private static byte[] note(PendingPack pack) {
    int tail = pack.tail().length;
    ByteBuffer note = ByteBuffer.allocate(HEAD_BYTES + tail + CHECK_BYTES);
    note.putInt(pack.number()).put(pack.name().toBytes()).put(pack.header());
    note.putInt(pack.length()).putInt(tail).put(pack.tail());
    note.putInt(check(note.array(), note.position()));
    return note.array();
  }

  private static int check(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }

  /**
   * A pack that an earlier run was about to send.
   *
   * @param number in that run's pack table, or {@link #OF_MANIFEST}
   * @param name its name
   * @param header its first bytes
   * @param length of the whole pack
   * @param tail its sealed directory and what follows
   */
  record PendingPack(int number, Hash256 name, byte[] header, int length, byte[] tail) {}

  /** Takes what earlier runs left, one pack at a time. */
  @FunctionalInterface
  interface Reader {
    /** The next pack. */
    void take(PendingPack pack) throws IOException, DamagedDataException;
  }

  /** Names of the packs that earlier runs left. */
  public Set<Hash256> names() {
    Set<Hash256> names = new HashSet<>();
    read(pendingPack -> names.add(pendingPack.name()));
    return names;
  }

  /**
   * Goes through what earlier runs left; a broken end is passed over.
   *
   * @return how many bytes were sound and taken
   */
  synchronized long read(Reader reader) {
    long sound = 0;
    if (file == null || !Files.isRegularFile(file)) {
      return sound;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      while (true) {
        byte[] head = in.readNBytes(HEAD_BYTES);
        if (head.length < HEAD_BYTES) {
          return sound;
        }
        ByteBuffer fields = ByteBuffer.wrap(head);
        int number = fields.getInt();
        byte[] name = new byte[Hk1Constants.HASH_BYTES];
        byte[] header = new byte[PackReader.HEADER_BYTES];
        fields.get(name).get(header);
        int length = fields.getInt();
        int tailLength = fields.getInt();
        if (tailLength < 0 || tailLength > Hk1Constants.MAX_OBJECT_BYTES) {
          return sound;
        }
        byte[] note = new byte[HEAD_BYTES + tailLength];
        fields.rewind().get(note, 0, HEAD_BYTES);
        byte[] tail = in.readNBytes(tailLength);
        System.arraycopy(tail, 0, note, HEAD_BYTES, tail.length);
        if (tail.length < tailLength || in.readInt() != check(note, note.length)) {
          return sound;
        }
        reader.take(new PendingPack(number, Hash256.of(name), header, length, tail));
        sound += note.length + CHECK_BYTES;
      }
    } catch (IOException | DamagedDataException e) {
      // The end, or nothing of use from here on.
    }
    return sound;
  }

  /**
   * Forgets all others, so that runs that fail again and again do not fill the disk. Called before
   * anything is added.
   */
  public synchronized void keepOnly(Set<Hash256> stored) {
    if (file == null || stored.containsAll(names())) {
      return;
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      long all = read(pendingPack -> {});
      long copied;
      try (OutputStream to = Files.newOutputStream(fresh)) {
        copied =
            read(
                pendingPack -> {
                  if (stored.contains(pendingPack.name())) {
                    to.write(note(pendingPack));
                  }
                });
      }
      if (copied == all) {
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      // They stay a little longer.
    }
  }

  /** Forgets everything: it belongs to a snapshot now, or is of no use. */
  public synchronized void clear() {
    close();
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // The next run finds the packs in its snapshot and needs no second note of them.
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      // Notes that are lost cost sending again.
    } finally {
      out = null;
    }
  }
}
