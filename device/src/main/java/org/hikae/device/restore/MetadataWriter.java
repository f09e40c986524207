package org.hikae.device.restore;

import java.nio.charset.StandardCharsets;
import org.hikae.device.files.ExtendedAttributes;
import org.hikae.device.files.ExtendedAttributes.ExtendedAttribute;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.RawFiles;
import org.hikae.device.manifest.EntryMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Sets owner, attributes, mode and time, in the order in which none undoes another: changing the
 * owner clears set-id bits and capabilities, and everything changes the time. Owner, group and
 * attributes outside {@code user.} need rights that a person may lack; that is no failure, but a
 * file that could not get its owner does not get set-id bits either (spec HK1-M-12).
 */
final class MetadataWriter {

  private static final int SET_ID_BITS = 06000;

  /** What the system takes for an owner or group that stays as it is: all bits. */
  private static final int LEAVE_IT = -1;

  private final RawFiles files;
  private final ExtendedAttributes attributes;

  MetadataWriter(RawFiles files) {
    this.files = files;
    this.attributes = files.attributes();
  }

  /**
   * Sets those of a file made a moment ago, as far as they are not what new files get in its
   * directory anyway. The file need not have a name.
   */
  @Nullable String newFile(
      FileHandle file, EntryMetadata metadata, NewFileDefaults newFileDefaults) {
    FileStatus birth = newFileDefaults.of(files, file);
    if (birth == null) {
      return open(file, metadata);
    }
    boolean own = birth.uid() == metadata.uid() && birth.gid() == metadata.gid();
    return collect(
        own || own(metadata, () -> files.changeOwner(file, metadata.uid(), metadata.gid())),
        metadata,
        attribute -> attributes.write(file, attribute),
        mode -> {
          if (birth.mode() != mode) {
            files.changeMode(file, mode);
          }
        },
        () -> files.changeTime(file, metadata.modified()));
  }

  private @Nullable String open(FileHandle file, EntryMetadata metadata) {
    return collect(
        own(metadata, () -> files.changeOwner(file, metadata.uid(), metadata.gid())),
        metadata,
        attribute -> attributes.write(file, attribute),
        mode -> files.changeMode(file, mode),
        () -> files.changeTime(file, metadata.modified()));
  }

  /** Sets those of an open directory. */
  @Nullable String directory(FileHandle directory, EntryMetadata metadata) {
    return open(directory, metadata);
  }

  /** Sets the time of an open directory only. */
  @Nullable String time(FileHandle directory, FileTime modified) {
    return first(null, () -> files.changeTime(directory, modified));
  }

  /** Sets those of a pipe. */
  @Nullable String pipe(FileHandle at, byte[] name, EntryMetadata metadata) {
    return collect(
        own(metadata, () -> files.changeOwner(at, name, metadata.uid(), metadata.gid())),
        metadata,
        attribute -> attributes.write(at, name, attribute),
        mode -> files.changeMode(at, name, mode),
        () -> files.changeTime(at, name, metadata.modified()));
  }

  /** Sets those of a symbolic link, which has no mode of its own. */
  @Nullable String symlink(FileHandle at, byte[] name, EntryMetadata metadata) {
    return collect(
        own(metadata, () -> files.changeOwner(at, name, metadata.uid(), metadata.gid())),
        metadata,
        attribute -> attributes.write(at, name, attribute),
        mode -> {},
        () -> files.changeTime(at, name, metadata.modified()));
  }

  /** Sets the mode. */
  @FunctionalInterface
  private interface ModeStep {
    void run(int mode) throws FileAccessException;
  }

  /** Sets one attribute. */
  @FunctionalInterface
  private interface AttributeStep {
    void run(ExtendedAttribute attribute) throws FileAccessException;
  }

  private static boolean own(EntryMetadata metadata, RestoreTarget.Step step) {
    if (metadata.uid() == LEAVE_IT || metadata.gid() == LEAVE_IT) {
      // The system would say that it was done.
      return false;
    }
    try {
      step.run();
      return true;
    } catch (FileAccessException e) {
      return false;
    }
  }

  /** Runs all steps; the answer is the first reason why one failed, or null. */
  private @Nullable String collect(
      boolean owned,
      EntryMetadata metadata,
      AttributeStep attribute,
      ModeStep mode,
      RestoreTarget.Step time) {
    String failure = writeAttributes(attribute, metadata);
    int bits = owned ? metadata.mode() : metadata.mode() & ~SET_ID_BITS;
    failure = first(failure, () -> mode.run(bits));
    return first(failure, time);
  }

  private static @Nullable String writeAttributes(AttributeStep step, EntryMetadata metadata) {
    String failure = null;
    for (ExtendedAttribute attribute : metadata.attributes()) {
      try {
        step.run(attribute);
      } catch (FileAccessException e) {
        if (isUserAttribute(attribute) && failure == null) {
          failure = e.reason();
        }
      }
    }
    return failure;
  }

  private static boolean isUserAttribute(ExtendedAttribute attribute) {
    return new String(attribute.name(), StandardCharsets.ISO_8859_1).startsWith("user.");
  }

  private static @Nullable String first(@Nullable String failure, RestoreTarget.Step step) {
    try {
      step.run();
      return failure;
    } catch (FileAccessException e) {
      return failure == null ? e.reason() : failure;
    }
  }
}
