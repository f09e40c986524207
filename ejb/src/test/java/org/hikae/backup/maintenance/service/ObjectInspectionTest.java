package org.hikae.backup.maintenance.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.CiphertextStore.StoredDigest;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.ciphertext.store.VolumeException;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.value.RotKind;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectInspectionTest {

  private static final Hash256 NAME = Hash256.sha256("name".getBytes(StandardCharsets.UTF_8));
  private static final ObjectRef OBJECT = new ObjectRef(1, 2, NAME, 100);

  private static Optional<StoredDigest> sound() {
    return digest(100, NAME);
  }

  private static Optional<StoredDigest> failing() {
    throw new CiphertextStoreException("planted", new IllegalStateException());
  }

  private static Optional<StoredDigest> digest(long size, Hash256 hash) {
    return Optional.of(new StoredDigest(size, hash));
  }

  /** A store that reads as told, one reading after the other. */
  private static final class Scripted implements CiphertextStore {

    private final Deque<Supplier<Optional<StoredDigest>>> readings = new ArrayDeque<>();
    private boolean down;
    private Optional<VolumeFault> fault = Optional.empty();

    @Override
    public Optional<StoredDigest> digest(ObjectKey key) {
      assertThat(key).isEqualTo(new ObjectKey(2, NAME));
      return readings.removeFirst().get();
    }

    @Override
    public boolean exists(ObjectKey key) {
      if (down) {
        throw new CiphertextStoreException("down", new IllegalStateException());
      }
      return true;
    }

    @Override
    public Optional<VolumeFault> probe() {
      return fault;
    }

    @Override
    public boolean put(ObjectKey key, byte[] bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean put(ObjectKey key, long length, InputStream bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(ObjectKey key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void replace(ObjectKey key, byte[] bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void replace(ObjectKey key, long length, InputStream bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong size(ObjectKey key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<InputStream> open(ObjectKey key, long offset, long length) {
      throw new UnsupportedOperationException();
    }
  }

  private final Scripted store = new Scripted();

  private Optional<RotKind> inspect() {
    Optional<RotKind> rot = new ObjectInspection(store).inspect(OBJECT);
    assertThat(store.readings).isEmpty();
    return rot;
  }

  @Test
  void what_is_sound_is_read_once() {
    store.readings.add(ObjectInspectionTest::sound);
    assertThat(inspect()).isEmpty();
  }

  @Test
  void what_is_wrong_is_named_after_a_second_look() {
    store.readings.add(Optional::empty);
    store.readings.add(Optional::empty);
    assertThat(inspect()).contains(RotKind.MISSING);
    for (long size : new long[] {0, 99, 101}) {
      store.readings.add(() -> digest(size, Hash256.ZERO));
      store.readings.add(() -> digest(size, Hash256.ZERO));
      assertThat(inspect()).contains(RotKind.SIZE);
    }
    store.readings.add(() -> digest(100, Hash256.ZERO));
    store.readings.add(() -> digest(100, Hash256.ZERO));
    assertThat(inspect()).contains(RotKind.MISMATCH);
  }

  @Test
  void what_was_wrong_only_once_is_sound() {
    store.readings.add(() -> digest(100, Hash256.ZERO));
    store.readings.add(ObjectInspectionTest::sound);
    assertThat(inspect()).isEmpty();
    store.readings.add(ObjectInspectionTest::failing);
    store.readings.add(ObjectInspectionTest::sound);
    assertThat(inspect()).isEmpty();
  }

  @Test
  void what_cannot_be_read_while_the_store_answers_is_rot_and_else_a_failure() {
    store.readings.add(ObjectInspectionTest::failing);
    store.readings.add(ObjectInspectionTest::failing);
    assertThat(inspect()).contains(RotKind.UNREADABLE);
    store.down = true;
    store.readings.add(ObjectInspectionTest::failing);
    assertThatThrownBy(this::inspect).isInstanceOf(CiphertextStoreException.class);
  }

  private static Optional<StoredDigest> failing(VolumeFault fault) {
    throw new CiphertextStoreException("planted", new VolumeException(fault, "planted", null));
  }

  @ParameterizedTest
  @EnumSource
  void what_a_place_beside_the_database_does_not_give_is_rot_only_when_all_else_is_well(
      VolumeFault fault) {
    store.readings.add(() -> failing(fault));
    if (fault.isOfThePlace()) {
      // Although it answers again, as a server that was busy for a moment.
      assertThatThrownBy(this::inspect).isInstanceOf(CiphertextStoreException.class);
      return;
    }
    store.readings.add(() -> failing(fault));
    assertThat(inspect()).contains(RotKind.UNREADABLE);
    for (VolumeFault now : List.of(VolumeFault.FAILING, VolumeFault.BUSY)) {
      store.fault = Optional.of(now);
      store.readings.add(() -> failing(fault));
      assertThatThrownBy(this::inspect).isInstanceOf(CiphertextStoreException.class);
    }
    store.fault = Optional.of(VolumeFault.FULL);
    store.readings.add(() -> failing(fault));
    store.readings.add(() -> failing(fault));
    assertThat(inspect()).as("it can be read").contains(RotKind.UNREADABLE);
  }
}
