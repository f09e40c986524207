package org.hikae.admin.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.bundle.BundleHeader;
import org.hikae.hk1.bundle.BundleStore;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.jspecify.annotations.Nullable;

/**
 * Copies one employee's set into a bundle. Wraps, snapshots and lists are read in one transaction,
 * so that they fit each other; of objects one is in memory at a time.
 */
public final class SetBundleWriter {

  /** Most objects of a set, some 50 TiB in usual packs. */
  private static final int MAX_OBJECTS = 4_000_000;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new SimpleModule("bundle").addSerializer(Instant.class, new InstantWriter()))
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private final Connection connection;
  private final @Nullable Path storeFolder;
  private final List<SetBundleFinding> findings = new ArrayList<>();
  private long wrong;
  private long copied;

  /**
   * Copies from a database.
   *
   * @param connection that reads only
   * @param storeFolder where ciphertext lies in files, or a copy of it; null for none
   */
  public SetBundleWriter(Connection connection, @Nullable Path storeFolder) {
    this.connection = connection;
    this.storeFolder = storeFolder;
  }

  /**
   * Whose set it is.
   *
   * @param issuer the realm
   * @param subject {@code sub} of the employee
   */
  public record Person(String issuer, String subject) {}

  /**
   * Copies the employee's active set.
   *
   * @param card the vault's signed card; null when it is not known
   * @return nothing when there is no such set
   */
  public Optional<SetBundleResult> copy(Person person, byte @Nullable [] card, Path target)
      throws SQLException, IOException, MalformedException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    JdbcSetReader reader = new JdbcSetReader(connection);
    Optional<StoredSet> found = reader.set(person.issuer(), person.subject());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StoredSet set = found.get();
    if (reader.isInBucket(set.repositoryId())) {
      throw new IOException(
          "its objects lie in a bucket, from which this command does not copy yet");
    }
    BundleHeader header =
        BundleHeader.of(set.setId(), set.generation(), person.issuer(), person.subject());
    byte[] about = JSON.writeValueAsBytes(header);
    try (BundleStore bundle = BundleStore.open(target, about, before -> isOf(header, before))) {
      List<WrapView> wraps = reader.wraps(set.setId());
      List<StoredSnapshot> snapshots = reader.snapshots(set.repositoryId());
      Set<Hash256> names = lists(reader, set, snapshots, bundle);
      List<byte[]> receipts = card == null ? List.of() : reader.receipts(employee(card, person));
      connection.commit();
      connection.setAutoCommit(true);
      long kept = objects(reader, set, names, bundle);
      bundle.write("", BundleStore.WRAPS, JSON.writeValueAsBytes(wraps));
      bundle.write(
          "",
          BundleStore.SNAPSHOTS,
          JSON.writeValueAsBytes(snapshots.stream().map(StoredSnapshot::view).toList()));
      bundle.sync();
      if (card != null) {
        vault(card, receipts, bundle);
      }
      bundle.finish(about);
      long removed = snapshots.stream().filter(each -> each.view().removed()).count();
      return Optional.of(
          new SetBundleResult(
              set.setId(),
              snapshots.size() - removed,
              removed,
              names.size(),
              kept,
              copied,
              receipts.size(),
              findings,
              wrong));
    }
  }

  private static boolean isOf(BundleHeader header, byte[] before) {
    try {
      return header.isOf(JSON.readValue(before, BundleHeader.class));
    } catch (IOException e) {
      return false;
    }
  }

  private static Hash256 employee(byte[] card, Person person) throws MalformedException {
    String tenant = VaultCard.parse(SignedCard.parse(card).card()).tenant();
    return LedgerEntry.employeeOf(tenant, person.issuer(), person.subject());
  }

  private void found(SetBundleFinding.Kind kind, String name) {
    wrong++;
    if (findings.size() < SetBundleResult.MOST_FINDINGS) {
      findings.add(new SetBundleFinding(kind, name));
    }
  }

  private Set<Hash256> lists(
      JdbcSetReader reader, StoredSet set, List<StoredSnapshot> snapshots, BundleStore bundle)
      throws SQLException, IOException, MalformedException {
    Set<Hash256> names = new LinkedHashSet<>();
    for (StoredSnapshot snapshot : snapshots) {
      if (snapshot.view().removed()) {
        continue;
      }
      String id = snapshot.view().snapshotId();
      names.add(Hash256.parse(snapshot.view().root()));
      Optional<List<Hash256>> list = reader.names(set.repositoryId(), snapshot);
      if (list.isEmpty()) {
        found(SetBundleFinding.Kind.LIST_MISSING, id);
        continue;
      }
      if (!ObjectList.hash(list.get()).hex().equals(snapshot.view().listHash())) {
        found(SetBundleFinding.Kind.LIST_DAMAGED, id);
      }
      bundle.write(BundleStore.LISTS, id, joined(list.get()));
      names.addAll(list.get());
      if (names.size() > MAX_OBJECTS) {
        throw new IOException("more than " + MAX_OBJECTS + " objects are listed");
      }
    }
    return names;
  }

  private static byte[] joined(List<Hash256> names) {
    ByteArrayOutputStream joined =
        new ByteArrayOutputStream(names.size() * Hk1Constants.HASH_BYTES);
    names.forEach(name -> joined.writeBytes(name.toBytes()));
    return joined.toByteArray();
  }

  /** Copies what is not there; how many were. */
  private long objects(JdbcSetReader reader, StoredSet set, Set<Hash256> names, BundleStore bundle)
      throws SQLException, IOException {
    StoredObjectReader stored = new StoredObjectReader(reader, set.repositoryId(), storeFolder);
    long kept = 0;
    for (Hash256 name : names) {
      if (bundle.holds(name)) {
        kept++;
        continue;
      }
      Optional<byte[]> object;
      try {
        object = stored.read(name);
      } catch (IOException e) {
        found(SetBundleFinding.Kind.OBJECT_UNREADABLE, name.hex());
        continue;
      } catch (SQLException e) {
        if (!isDamage(e)) {
          throw e;
        }
        found(SetBundleFinding.Kind.OBJECT_UNREADABLE, name.hex());
        continue;
      }
      if (object.isEmpty()) {
        found(SetBundleFinding.Kind.OBJECT_MISSING, name.hex());
        continue;
      }
      bundle.put(name, object.get(), object.get().length);
      if (Hash256.sha256(object.get()).equals(name)) {
        copied++;
      } else {
        // As it is: who reads the bundle may find whole chunks in it.
        found(SetBundleFinding.Kind.OBJECT_DAMAGED, name.hex());
      }
    }
    bundle.sync();
    return kept;
  }

  /**
   * PostgreSQL's classes for broken data and for a disk that fails: the next object may be well.
   */
  private static boolean isDamage(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("XX") || state.startsWith("58"));
  }

  private static void vault(byte[] card, List<byte[]> receipts, BundleStore bundle)
      throws IOException {
    bundle.write(BundleStore.VAULT, "card", card);
    for (byte[] receipt : receipts) {
      // By what it is: a vault that was reopened may have given a number twice.
      bundle.write(BundleStore.VAULT + "/receipts", Hash256.sha256(receipt).hex(), receipt);
    }
  }

  private static final class InstantWriter extends StdSerializer<Instant> {

    @Serial private static final long serialVersionUID = 1;

    InstantWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant time, JsonGenerator to, SerializerProvider context)
        throws IOException {
      to.writeString(time.toString());
    }
  }
}
