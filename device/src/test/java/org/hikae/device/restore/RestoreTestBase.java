package org.hikae.device.restore;

import java.nio.file.Path;
import org.hikae.device.backup.BackupFixture;
import org.hikae.device.files.TemporaryTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A device's backups, and a place to restore to. */
abstract class RestoreTestBase {

  TemporaryTree tree;
  BackupFixture backupFixture;

  @BeforeEach
  void openTree() throws Exception {
    tree = new TemporaryTree();
    backupFixture = new BackupFixture();
  }

  @AfterEach
  void closeTree() throws Exception {
    backupFixture.close();
    tree.close();
  }

  Path at(String below) {
    return tree.place().resolve(below);
  }

  RestoreResult restore(RestoreRequest request) throws Exception {
    return new Restore(backupFixture.store(), backupFixture.key())
        .run(request, backupFixture.progress());
  }
}
