package org.hikae.device.manifest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.device.files.Attributes;
import org.hikae.device.files.Attributes.Attribute;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileTime;
import org.hikae.device.sealing.DamagedException;

/**
 * What belongs to an entry besides name and contents.
 *
 * @param mode permission, set-id and sticky bits
 * @param uid owner
 * @param gid group
 * @param modified restored with the entry
 * @param changed of the inode; only to see whether the file is as it was
 * @param inode only to see whether the file is as it was, and to find hard links
 * @param attributes extended attributes, names ascending
 */
public record Metadata(
    int mode,
    int uid,
    int gid,
    FileTime modified,
    FileTime changed,
    long inode,
    List<Attribute> attributes) {

  private static final int FIXED_BYTES = 4 + 4 + 4 + 12 + 12 + 8 + 2;

  /** Most attributes of an entry. */
  static final int MAX_ATTRIBUTES = 10_000;

  /** Copies the list. */
  public Metadata {
    attributes = List.copyOf(attributes);
  }

  /** From what the file system says. */
  public static Metadata of(FileStatus status, List<Attribute> attributes) {
    return new Metadata(
        status.mode(),
        status.uid(),
        status.gid(),
        status.modified(),
        status.changed(),
        status.inode(),
        attributes);
  }

  /** Length of the encoding. */
  int encodedLength() {
    return FIXED_BYTES
        + attributes.stream().mapToInt(a -> 2 + a.name().length + 4 + a.value().length).sum();
  }

  /** Appends the encoding. */
  void write(ByteBuffer out) {
    out.putInt(mode).putInt(uid).putInt(gid);
    out.putLong(modified.seconds()).putInt(modified.nanos());
    out.putLong(changed.seconds()).putInt(changed.nanos());
    out.putLong(inode).putShort((short) attributes.size());
    for (Attribute attribute : attributes) {
      out.putShort((short) attribute.name().length).put(attribute.name());
      out.putInt(attribute.value().length).put(attribute.value());
    }
  }

  /** Reads what {@link #write} wrote. */
  static Metadata read(ByteBuffer in) throws DamagedException {
    require(in.remaining() >= FIXED_BYTES);
    int mode = in.getInt();
    require((mode & ~07777) == 0);
    int uid = in.getInt();
    int gid = in.getInt();
    FileTime modified = time(in);
    FileTime changed = time(in);
    long inode = in.getLong();
    return new Metadata(mode, uid, gid, modified, changed, inode, attributes(in));
  }

  private static FileTime time(ByteBuffer in) throws DamagedException {
    long seconds = in.getLong();
    int nanos = in.getInt();
    require(nanos >= 0 && nanos <= 999_999_999);
    return new FileTime(seconds, nanos);
  }

  private static List<Attribute> attributes(ByteBuffer in) throws DamagedException {
    int count = in.getShort() & 0xffff;
    require(count <= MAX_ATTRIBUTES);
    List<Attribute> attributes = new ArrayList<>(count);
    byte[] before = {};
    for (int i = 0; i < count; i++) {
      require(in.remaining() >= 2);
      byte[] name = take(in, in.getShort() & 0xffff);
      require(in.remaining() >= 4);
      byte[] value = take(in, in.getInt());
      boolean named = name.length > 0 && name.length <= 255;
      for (byte b : name) {
        named &= b != 0;
      }
      require(named && Arrays.compareUnsigned(before, name) < 0);
      before = name;
      attributes.add(new Attribute(name, value));
    }
    return attributes;
  }

  private static byte[] take(ByteBuffer in, int length) throws DamagedException {
    require(length >= 0 && length <= Attributes.MAX_TOTAL_BYTES && length <= in.remaining());
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static void require(boolean holds) throws DamagedException {
    if (!holds) {
      throw new DamagedException("The metadata of an entry are impossible.");
    }
  }
}
