package org.hikae.device.store;

/** The store in memory obeys the contract. */
class InMemoryBackupStoreTest extends BackupStoreContract {

  @Override
  protected BackupStore newStore() {
    return new InMemoryBackupStore(deviceId());
  }

  @Override
  protected byte[] setId() {
    return new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  }

  @Override
  protected byte[] deviceId() {
    return new byte[] {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
  }
}
