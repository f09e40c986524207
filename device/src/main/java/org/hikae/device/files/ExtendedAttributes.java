package org.hikae.device.files;

import java.util.List;

/** Extended attributes of directory entries, links themselves included. */
public interface ExtendedAttributes {

  /** Most bytes of all names and values of one entry. */
  int MAX_TOTAL_BYTES = 256 * 1024;

  /**
   * One attribute.
   *
   * @param name with its namespace, such as {@code user.comment}
   * @param value any bytes
   */
  record ExtendedAttribute(byte[] name, byte[] value) {}

  /**
   * The attributes of an entry, or of the directory itself when the name is empty; names ascending;
   * none where the file system has none.
   *
   * @throws FileAccessException when they cannot be read or are more than {@link #MAX_TOTAL_BYTES}
   */
  List<ExtendedAttribute> read(FileHandle at, byte[] name) throws FileAccessException;

  /** Sets an attribute of an entry, or of the directory itself when the name is empty. */
  void write(FileHandle at, byte[] name, ExtendedAttribute value) throws FileAccessException;

  /** Sets an attribute of an open file or directory, whether it has a name or not. */
  void write(FileHandle open, ExtendedAttribute value) throws FileAccessException;
}
