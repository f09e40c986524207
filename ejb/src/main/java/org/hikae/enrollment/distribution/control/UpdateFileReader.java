package org.hikae.enrollment.distribution.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.enrollment.distribution.view.UpdateFileView;
import org.hikae.enrollment.update.wire.UpdateMetadata;
import org.hikae.enrollment.update.wire.UpdateMetadataKind;
import org.hikae.enrollment.update.wire.UpdateVerifier;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.SignedNote;

/**
 * Reads the signed files of updates beside the packages. Whether they are signed by whom they
 * should is for devices to say; here they only have to be what their names say, so that nothing
 * else enters the transparency log.
 */
final class UpdateFileReader {

  /** The folder in that of the packages. */
  static final String FOLDER = "updates";

  private static final Pattern NAME =
      Pattern.compile("(?:[1-9][0-9]{0,8}\\.)?(?<kind>root|targets|timestamp)");

  private UpdateFileReader() {}

  /**
   * A file of updates.
   *
   * @param packages the folder of the packages
   * @param name as somebody asked for it
   * @return nothing when there is none, or it is something else, or others than its owner may write
   *     into it
   */
  static Optional<UpdateFileView> read(Path packages, String name) {
    Matcher found = NAME.matcher(name);
    if (!found.matches()) {
      return Optional.empty();
    }
    UpdateMetadataKind kind = kind(found.group("kind"));
    try (InputStream in =
        Channels.newInputStream(PackageFile.open(packages.resolve(FOLDER).resolve(name)))) {
      byte[] bytes = in.readNBytes(UpdateVerifier.MAX_FILE_BYTES + 1);
      if (bytes.length > UpdateVerifier.MAX_FILE_BYTES) {
        return Optional.empty();
      }
      UpdateMetadata metadata = UpdateMetadata.parse(kind, SignedNote.parse(bytes).text());
      return kind.file(metadata.version()).equals(name)
          ? Optional.of(new UpdateFileView(bytes, kind, metadata.text()))
          : Optional.empty();
    } catch (IOException | InvalidPackageException | MalformedException e) {
      // Whatever is wrong with it, there is no such file of updates.
      return Optional.empty();
    }
  }

  private static UpdateMetadataKind kind(String code) {
    for (UpdateMetadataKind kind : UpdateMetadataKind.values()) {
      if (kind.code().equals(code)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(code);
  }
}
