package org.hikae.device.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.manifest.EntryMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HK1-M-12: what a file may be made to do depends on whose it is. */
class MetadataWriterTest {

  private static final byte[] NAME = "file".getBytes(StandardCharsets.US_ASCII);

  private TemporaryTree tree;

  @BeforeEach
  void open() throws Exception {
    tree = new TemporaryTree();
  }

  @AfterEach
  void close() throws Exception {
    tree.close();
  }

  /**
   * All bits mean to the system that it stays, so that who restores would own what runs as them.
   */
  @ParameterizedTest
  @CsvSource({"-1, -1", "-1, 0", "0, -1"})
  void a_file_without_an_owner_gets_no_set_id_bits(int uid, int gid) throws Exception {
    try (FileHandle directory = tree.makeDirectory("target");
        FileHandle file = tree.files().createFile(directory, NAME)) {
      int ownUid = tree.files().status(file).uid();
      int ownGid = tree.files().status(file).gid();
      EntryMetadata metadata =
          new EntryMetadata(
              06755,
              uid == 0 ? ownUid : uid,
              gid == 0 ? ownGid : gid,
              new FileTime(1, 0),
              new FileTime(1, 0),
              1,
              List.of());
      new MetadataWriter(tree.files()).newFile(file, metadata, new NewFileDefaults());
      assertThat(tree.files().status(file).mode()).isEqualTo(0755);
      assertThat(tree.files().status(file).uid()).isEqualTo(ownUid);
    }
  }
}
