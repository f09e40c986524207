package org.hikae.device.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@link ExtendedAttributes} on Linux. The kernel's calls take a path; it goes through the open
 * directory in {@code /proc/self/fd}, so no other file can slip in.
 */
final class LinuxExtendedAttributes implements ExtendedAttributes {

  private static final byte[] ITSELF = {'.'};

  private final LinuxRawFiles files;
  private final MemorySegment errno;
  private final MemorySegment path;
  private final MemorySegment attribute;
  private final MemorySegment transfer;

  LinuxExtendedAttributes(
      LinuxRawFiles files,
      MemorySegment errno,
      MemorySegment path,
      MemorySegment attribute,
      MemorySegment transfer) {
    this.files = files;
    this.errno = errno;
    this.path = path;
    this.attribute = attribute;
    this.transfer = transfer;
  }

  @Override
  public List<ExtendedAttribute> read(FileHandle at, byte[] name) throws FileAccessException {
    byte[] entry = LinuxRawFiles.procPath(at, name.length == 0 ? ITSELF : name);
    long length =
        Libc.llistxattr(errno, LinuxRawFiles.string(path, entry), transfer, transfer.byteSize());
    if (length < 0 && Libc.errno(errno) == FileAccessException.EOPNOTSUPP) {
      return List.of();
    }
    files.require(length, "list attributes of", name);
    List<ExtendedAttribute> found = new ArrayList<>();
    long total = length;
    for (byte[] each : split(LinuxRawFiles.bytes(transfer, length))) {
      long size =
          Libc.lgetxattr(
              errno,
              LinuxRawFiles.string(path, entry),
              LinuxRawFiles.string(attribute, each),
              transfer,
              transfer.byteSize());
      if (size < 0 && Libc.errno(errno) == FileAccessException.ENODATA) {
        // Removed since it was listed.
        continue;
      }
      files.require(size, "read attribute of", name);
      total += size;
      if (total > MAX_TOTAL_BYTES) {
        throw new FileAccessException("read attributes of", name, 7);
      }
      found.add(new ExtendedAttribute(each, LinuxRawFiles.bytes(transfer, size)));
    }
    found.sort((a, b) -> Arrays.compareUnsigned(a.name(), b.name()));
    return found;
  }

  @Override
  public void write(FileHandle at, byte[] name, ExtendedAttribute value)
      throws FileAccessException {
    byte[] bytes = value.value();
    byte[] entry = LinuxRawFiles.procPath(at, name.length == 0 ? ITSELF : name);
    MemorySegment.copy(bytes, 0, transfer, ValueLayout.JAVA_BYTE, 0, bytes.length);
    int answer =
        Libc.lsetxattr(
            errno,
            LinuxRawFiles.string(path, entry),
            LinuxRawFiles.string(attribute, value.name()),
            transfer,
            bytes.length,
            0);
    files.require(answer, "set attribute of", name);
  }

  @Override
  public void write(FileHandle open, ExtendedAttribute value) throws FileAccessException {
    byte[] bytes = value.value();
    MemorySegment.copy(bytes, 0, transfer, ValueLayout.JAVA_BYTE, 0, bytes.length);
    int answer =
        Libc.fsetxattr(
            errno,
            open.number(),
            LinuxRawFiles.string(attribute, value.name()),
            transfer,
            bytes.length,
            0);
    files.require(answer, "set attribute of", new byte[0]);
  }

  private static List<byte[]> split(byte[] list) {
    List<byte[]> names = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < list.length; i++) {
      if (list[i] == 0) {
        names.add(Arrays.copyOfRange(list, start, i));
        start = i + 1;
      }
    }
    return names;
  }
}
