package org.hikae.device.files;

import java.util.List;

/**
 * The port to the file system: files by raw names, relative to open directories. Everything that a
 * backup reads and a restore writes goes through it, and what differs between systems lies behind
 * it; {@code RawFilesContract} among the tests is what an implementation has to pass.
 *
 * <p>No method follows a symbolic link in its last name unless it says so, and names with a slash
 * are refused, so an operation can only ever touch an entry of the directory it was given. One
 * instance serves one thread.
 */
public interface RawFiles extends AutoCloseable {

  /** Longest target of a symbolic link, in bytes. */
  int MAX_LINK_BYTES = 4096;

  /**
   * Opens the file API of this system.
   *
   * @throws UnsupportedSystemException on a system without one
   */
  static RawFiles open() {
    String system = System.getProperty("os.name", "?");
    String architecture = System.getProperty("os.arch", "?");
    if (LinuxRawFiles.runsHere(system, architecture)) {
      return new LinuxRawFiles();
    }
    throw UnsupportedSystemException.ofThisComputer();
  }

  /** Opens the root directory. */
  FileHandle openRoot() throws FileAccessException;

  /** Opens a directory entry that is a directory. */
  FileHandle openDirectory(FileHandle at, byte[] name) throws FileAccessException;

  /**
   * Opens a file for reading. It may have become anything but a link since it was listed, so the
   * caller looks at its {@link #status(FileHandle)} first; opening a pipe does not wait.
   */
  FileHandle openFile(FileHandle at, byte[] name) throws FileAccessException;

  /** Makes a new file, for its owner only, and opens it for writing. */
  FileHandle createFile(FileHandle at, byte[] name) throws FileAccessException;

  /**
   * Makes a new file without a name, for its owner only, and opens it for reading and writing: it
   * is gone with its last descriptor unless it gets a name. Not every file system can, see {@link
   * FileAccessException#isUnsupported}.
   */
  FileHandle createNameless(FileHandle directory) throws FileAccessException;

  /** Gives a file from {@link #createNameless} its name; one that is taken is refused. */
  void giveName(FileHandle nameless, FileHandle at, byte[] name) throws FileAccessException;

  /** Waits until contents and inode, or the entries of a directory, are on the disk. */
  void sync(FileHandle fileHandle) throws FileAccessException;

  /** The path with all symbolic links followed, as the kernel tells it. */
  RawPath realPath(RawPath path) throws FileAccessException;

  /** Opens a directory by path, following links. */
  FileHandle openDirectoryFollowing(RawPath path) throws FileAccessException;

  /** The working directory of this process. */
  RawPath workingDirectory() throws FileAccessException;

  /** Bytes that this person can still write to the file system of a directory; 0 when unknown. */
  long freeBytes(FileHandle directory);

  /** Status of a directory entry, not following links. */
  FileStatus status(FileHandle at, byte[] name) throws FileAccessException;

  /** Status of an open file. */
  FileStatus status(FileHandle fileHandle) throws FileAccessException;

  /** Names in a directory, ascending as unsigned bytes, without {@code .} and {@code ..}. */
  List<byte[]> list(FileHandle directory) throws FileAccessException;

  /**
   * The same of a directory that may be too large: where it has {@code most} names or more, it ends
   * at some of them, but not at less than {@code most}.
   */
  List<byte[]> list(FileHandle directory, int most) throws FileAccessException;

  /**
   * Reads at a position until {@code length} bytes are there or the file ends.
   *
   * @return how many bytes were read
   */
  int read(FileHandle fileHandle, long position, byte[] into, int offset, int length)
      throws FileAccessException;

  /** Writes all of the bytes at a position. */
  void write(FileHandle fileHandle, long position, byte[] from, int offset, int length)
      throws FileAccessException;

  /** Sets the size; what is beyond the old end is a hole. */
  void truncate(FileHandle fileHandle, long size) throws FileAccessException;

  /** Start of the next data at or after a position, or -1 when only a hole follows. */
  long nextData(FileHandle fileHandle, long position) throws FileAccessException;

  /** Start of the next hole at or after a position, at the latest the end of the file. */
  long nextHole(FileHandle fileHandle, long position) throws FileAccessException;

  /** Where a symbolic link points. */
  byte[] readLink(FileHandle at, byte[] name) throws FileAccessException;

  /** Makes a symbolic link. */
  void symlink(byte[] target, FileHandle at, byte[] name) throws FileAccessException;

  /** Gives an entry one more name; a symbolic link itself is what gets it. */
  void link(FileHandle oldAt, byte[] oldName, FileHandle at, byte[] name)
      throws FileAccessException;

  /**
   * Gives an entry another name in its directory; what has that name is replaced in one step, but
   * for a directory, which is refused.
   */
  void rename(FileHandle at, byte[] oldName, byte[] name) throws FileAccessException;

  /** Makes a directory for its owner only. */
  void makeDirectory(FileHandle at, byte[] name) throws FileAccessException;

  /** Makes a named pipe for its owner only. */
  void makeFifo(FileHandle at, byte[] name) throws FileAccessException;

  /** Sets permission bits of an open file. */
  void changeMode(FileHandle fileHandle, int mode) throws FileAccessException;

  /** Sets permission bits of an entry that is not a link. */
  void changeMode(FileHandle at, byte[] name, int mode) throws FileAccessException;

  /** Sets owner and group of an entry. */
  void changeOwner(FileHandle at, byte[] name, int uid, int gid) throws FileAccessException;

  /** Sets owner and group of an open file. */
  void changeOwner(FileHandle fileHandle, int uid, int gid) throws FileAccessException;

  /** Sets the time of the last change of an entry; that of the last access stays. */
  void changeTime(FileHandle at, byte[] name, FileTime modified) throws FileAccessException;

  /** The same for an open file. */
  void changeTime(FileHandle fileHandle, FileTime modified) throws FileAccessException;

  /** Removes an entry that is not a directory. */
  void remove(FileHandle at, byte[] name) throws FileAccessException;

  /** Removes an empty directory. */
  void removeDirectory(FileHandle at, byte[] name) throws FileAccessException;

  /** Extended attributes of an entry, not following links. */
  ExtendedAttributes attributes();

  @Override
  void close();
}
