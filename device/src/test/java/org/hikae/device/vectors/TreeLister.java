package org.hikae.device.vectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hikae.device.files.FileTime;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.manifest.PackTable;
import org.hikae.device.sealing.ChunkOpener;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackBytes;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;

/** Lists a tree with the contents of its files in the form of the vectors. */
final class TreeLister {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final EntryMetadata NONE =
      new EntryMetadata(0, 0, 0, new FileTime(0, 0), new FileTime(0, 0), 0, List.of());

  private final ReadOnlyBackupStore store;
  private final BackupKey key;
  private final SealContext context;
  private final PackTable packs;

  private final ArrayNode list = JSON.createArrayNode();
  private final Deque<byte[]> folders = new ArrayDeque<>();
  private final Map<Long, byte[]> byInode = new HashMap<>();
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private byte[] path = {};
  private EntryMetadata metadata = NONE;
  private long links;

  TreeLister(ReadOnlyBackupStore store, BackupKey key, SealContext context, PackTable packs) {
    this.store = store;
    this.key = key;
    this.context = context;
    this.packs = packs;
  }

  /** The list as JSON. */
  String of(List<ManifestRecord> records) throws DamagedDataException, BackupStoreException {
    for (ManifestRecord record : records) {
      take(record);
    }
    return list.toString();
  }

  private void take(ManifestRecord record) throws DamagedDataException, BackupStoreException {
    switch (record) {
      case ManifestRecord.Enter enter -> {
        byte[] here = folders.isEmpty() ? new byte[] {'/'} : below(enter.name());
        entry(here, "directory").put("mode", enter.metadata().mode()).put("way", enter.partial());
        folders.push(here);
      }
      case ManifestRecord.Leave _ -> folders.pop();
      case ManifestRecord.FileStart file -> {
        path = below(file.name());
        metadata = file.metadata();
        links = file.links();
        content.reset();
      }
      case ManifestRecord.Restart again -> {
        metadata = again.metadata();
        content.reset();
      }
      case ManifestRecord.Data data -> {
        for (ChunkRef ref : data.chunks()) {
          content.writeBytes(chunk(ref));
        }
      }
      case ManifestRecord.Hole hole -> content.writeBytes(new byte[(int) hole.length()]);
      case ManifestRecord.FileEnd end -> file(end);
      case ManifestRecord.HardLink link ->
          entry(below(link.name()), "hard link")
              .put("to", HexFormat.of().formatHex(byInode.getOrDefault(link.inode(), new byte[0])));
      case ManifestRecord.Symlink link ->
          entry(below(link.name()), "symbolic link")
              .put("target", HexFormat.of().formatHex(link.target()));
      case ManifestRecord.Fifo fifo ->
          entry(below(fifo.name()), "named pipe").put("mode", fifo.metadata().mode());
      case ManifestRecord.End _ -> {}
    }
  }

  private void file(ManifestRecord.FileEnd end) {
    if (end.state() == State.VOID) {
      entry(path, "file that does not count").put("state", 2);
      return;
    }
    byInode.put(metadata.inode(), path);
    ObjectNode file =
        entry(path, "file")
            .put("mode", metadata.mode())
            .put("length", end.length())
            .put("sha256", Hash256.sha256(content.toByteArray()).hex())
            .put("state", end.state() == State.WHOLE ? 0 : 1);
    if (links > 1) {
      file.put("links", links);
    }
    file.putObject("modified")
        .put("seconds", metadata.modified().seconds())
        .put("nanoseconds", metadata.modified().nanos());
    if (!metadata.attributes().isEmpty()) {
      ObjectNode attributes = file.putObject("attributes");
      metadata
          .attributes()
          .forEach(
              each ->
                  attributes.put(
                      new String(each.name(), StandardCharsets.UTF_8),
                      HexFormat.of().formatHex(each.value())));
    }
  }

  private ObjectNode entry(byte[] where, String kind) {
    return list.addObject().put("path", HexFormat.of().formatHex(where)).put("kind", kind);
  }

  private byte[] below(byte[] name) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    byte[] folder = folders.element();
    joined.writeBytes(folder);
    if (folder.length > 1) {
      joined.write('/');
    }
    joined.writeBytes(name);
    return joined.toByteArray();
  }

  private byte[] chunk(ChunkRef ref) throws DamagedDataException, BackupStoreException {
    byte[] pack = store.get(packs.name(ref.pack()));
    PackReader reader = PackReader.open(key.subkey(Subkey.PACK), context, pack);
    try (ChunkOpener opener = new ChunkOpener(key)) {
      PackBytes whole = new PackBytes(reader, pack, 0, false);
      return opener.open(whole, ref.entry(), ref.chunkId(), ref.length());
    }
  }
}
