package org.hikae.device.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@link Attributes} on Linux. The kernel's calls take a path; it goes through the open directory
 * in {@code /proc/self/fd}, so no other file can slip in.
 */
final class LinuxAttributes implements Attributes {

  private static final byte[] ITSELF = {'.'};

  private final LinuxFiles files;
  private final MemorySegment errno;
  private final MemorySegment path;
  private final MemorySegment attribute;
  private final MemorySegment transfer;

  LinuxAttributes(
      LinuxFiles files,
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
  public List<Attribute> read(Fd at, byte[] name) throws FileAccessException {
    byte[] entry = LinuxFiles.procPath(at, name.length == 0 ? ITSELF : name);
    long length =
        Libc.llistxattr(errno, LinuxFiles.string(path, entry), transfer, transfer.byteSize());
    if (length < 0 && Libc.errno(errno) == FileAccessException.EOPNOTSUPP) {
      return List.of();
    }
    files.require(length, "list attributes of", name);
    List<Attribute> found = new ArrayList<>();
    long total = length;
    for (byte[] each : split(LinuxFiles.bytes(transfer, length))) {
      long size =
          Libc.lgetxattr(
              errno,
              LinuxFiles.string(path, entry),
              LinuxFiles.string(attribute, each),
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
      found.add(new Attribute(each, LinuxFiles.bytes(transfer, size)));
    }
    found.sort((a, b) -> Arrays.compareUnsigned(a.name(), b.name()));
    return found;
  }

  @Override
  public void write(Fd at, byte[] name, Attribute value) throws FileAccessException {
    byte[] bytes = value.value();
    byte[] entry = LinuxFiles.procPath(at, name.length == 0 ? ITSELF : name);
    MemorySegment.copy(bytes, 0, transfer, ValueLayout.JAVA_BYTE, 0, bytes.length);
    int answer =
        Libc.lsetxattr(
            errno,
            LinuxFiles.string(path, entry),
            LinuxFiles.string(attribute, value.name()),
            transfer,
            bytes.length,
            0);
    files.require(answer, "set attribute of", name);
  }

  @Override
  public void write(Fd open, Attribute value) throws FileAccessException {
    byte[] bytes = value.value();
    MemorySegment.copy(bytes, 0, transfer, ValueLayout.JAVA_BYTE, 0, bytes.length);
    int answer =
        Libc.fsetxattr(
            errno,
            open.number(),
            LinuxFiles.string(attribute, value.name()),
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
