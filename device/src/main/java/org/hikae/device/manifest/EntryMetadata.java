package org.hikae.device.manifest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.device.files.ExtendedAttributes;
import org.hikae.device.files.ExtendedAttributes.ExtendedAttribute;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileTime;
import org.hikae.device.sealing.DamagedDataException;

/**
 * What belongs to an entry besides name and contents.
 *
 * @param mode permission, set-id and sticky bits
 * @param uid owner
 * @param gid group
 * @param modified restored with the entry
 * @param changed of the inode; only to see whether the file is as it was. Zero where something of
 *     the entry could not be read
 * @param inode only to see whether the file is as it was, and to find hard links
 * @param attributes extended attributes, names ascending
 */
public record EntryMetadata(
    int mode,
    int uid,
    int gid,
    FileTime modified,
    FileTime changed,
    long inode,
    List<ExtendedAttribute> attributes) {

  private static final int FIXED_BYTES = 4 + 4 + 4 + 12 + 12 + 8 + 2;

  /** Most attributes of an entry. */
  static final int MAX_ATTRIBUTES = 10_000;

  /** Copies the list. */
  public EntryMetadata {
    attributes = List.copyOf(attributes);
  }

  /** From what the file system says. */
  public static EntryMetadata of(FileStatus status, List<ExtendedAttribute> attributes) {
    return new EntryMetadata(
        status.mode(),
        status.uid(),
        status.gid(),
        status.modified(),
        status.changed(),
        status.inode(),
        attributes);
  }

  /** The same of an entry that is not as it was, whatever its inode says. */
  public EntryMetadata foundChanged() {
    return new EntryMetadata(mode, uid, gid, modified, new FileTime(0, 0), inode, attributes);
  }

  /** Length of the encoding. */
  int encodedLength() {
    int length = FIXED_BYTES;
    for (ExtendedAttribute attribute : attributes) {
      length += 2 + attribute.name().length + 4 + attribute.value().length;
    }
    return length;
  }

  /** Appends the encoding. */
  void write(ByteBuffer out) {
    out.putInt(mode).putInt(uid).putInt(gid);
    out.putLong(modified.seconds()).putInt(modified.nanos());
    out.putLong(changed.seconds()).putInt(changed.nanos());
    out.putLong(inode).putShort((short) attributes.size());
    for (ExtendedAttribute attribute : attributes) {
      out.putShort((short) attribute.name().length).put(attribute.name());
      out.putInt(attribute.value().length).put(attribute.value());
    }
  }

  /** Reads what {@link #write} wrote. */
  static EntryMetadata read(ByteBuffer in) throws DamagedDataException {
    require(in.remaining() >= FIXED_BYTES);
    int mode = in.getInt();
    require((mode & ~07777) == 0);
    int uid = in.getInt();
    int gid = in.getInt();
    FileTime modified = time(in);
    FileTime changed = time(in);
    long inode = in.getLong();
    return new EntryMetadata(mode, uid, gid, modified, changed, inode, attributes(in));
  }

  private static FileTime time(ByteBuffer in) throws DamagedDataException {
    long seconds = in.getLong();
    int nanos = in.getInt();
    require(nanos >= 0 && nanos <= 999_999_999);
    return new FileTime(seconds, nanos);
  }

  private static List<ExtendedAttribute> attributes(ByteBuffer in) throws DamagedDataException {
    int count = in.getShort() & 0xffff;
    if (count == 0) {
      return List.of();
    }
    require(count <= MAX_ATTRIBUTES);
    List<ExtendedAttribute> attributes = new ArrayList<>(count);
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
      attributes.add(new ExtendedAttribute(name, value));
    }
    return attributes;
  }

  private static byte[] take(ByteBuffer in, int length) throws DamagedDataException {
    require(
        length >= 0 && length <= ExtendedAttributes.MAX_TOTAL_BYTES && length <= in.remaining());
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static void require(boolean holds) throws DamagedDataException {
    if (!holds) {
      throw new DamagedDataException("The metadata of an entry are impossible.");
    }
  }
}
