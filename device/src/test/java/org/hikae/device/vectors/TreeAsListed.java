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
import org.hikae.device.manifest.Metadata;
import org.hikae.device.manifest.PackTable;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.manifest.TreeRecord.FileEnd.State;
import org.hikae.device.sealing.ChunkOpener;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.store.StoreException;
import org.hikae.hk1.Hash256;

/** Lists a tree with the contents of its files in the form of the vectors. */
final class TreeAsListed {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Metadata NONE =
      new Metadata(0, 0, 0, new FileTime(0, 0), new FileTime(0, 0), 0, List.of());

  private final GivenStore store;
  private final BackupKey key;
  private final SealContext context;
  private final PackTable packs;

  private final ArrayNode list = JSON.createArrayNode();
  private final Deque<byte[]> way = new ArrayDeque<>();
  private final Map<Long, byte[]> byInode = new HashMap<>();
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private byte[] path = {};
  private Metadata metadata = NONE;
  private long links;

  TreeAsListed(GivenStore store, BackupKey key, SealContext context, PackTable packs) {
    this.store = store;
    this.key = key;
    this.context = context;
    this.packs = packs;
  }

  /** The list as JSON. */
  String of(List<TreeRecord> records) throws DamagedException, StoreException {
    for (TreeRecord record : records) {
      take(record);
    }
    return list.toString();
  }

  private void take(TreeRecord record) throws DamagedException, StoreException {
    switch (record) {
      case TreeRecord.Enter enter -> {
        byte[] here = way.isEmpty() ? new byte[] {'/'} : below(enter.name());
        entry(here, "directory").put("mode", enter.metadata().mode()).put("way", enter.partial());
        way.push(here);
      }
      case TreeRecord.Leave _ -> way.pop();
      case TreeRecord.FileStart file -> {
        path = below(file.name());
        metadata = file.metadata();
        links = file.links();
        content.reset();
      }
      case TreeRecord.Restart again -> {
        metadata = again.metadata();
        content.reset();
      }
      case TreeRecord.Data data -> {
        for (ChunkRef ref : data.chunks()) {
          content.writeBytes(chunk(ref));
        }
      }
      case TreeRecord.Hole hole -> content.writeBytes(new byte[(int) hole.length()]);
      case TreeRecord.FileEnd end -> file(end);
      case TreeRecord.HardLink link ->
          entry(below(link.name()), "hard link")
              .put("to", HexFormat.of().formatHex(byInode.getOrDefault(link.inode(), new byte[0])));
      case TreeRecord.Symlink link ->
          entry(below(link.name()), "symbolic link")
              .put("target", HexFormat.of().formatHex(link.target()));
      case TreeRecord.Fifo fifo ->
          entry(below(fifo.name()), "named pipe").put("mode", fifo.metadata().mode());
      case TreeRecord.End _ -> {}
    }
  }

  private void file(TreeRecord.FileEnd end) {
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
    byte[] folder = way.element();
    joined.writeBytes(folder);
    if (folder.length > 1) {
      joined.write('/');
    }
    joined.writeBytes(name);
    return joined.toByteArray();
  }

  private byte[] chunk(ChunkRef ref) throws DamagedException, StoreException {
    byte[] pack = store.get(packs.name(ref.pack()));
    PackReader reader = PackReader.open(key.subkey(Subkey.PACK), context, pack);
    try (ChunkOpener opener = new ChunkOpener(key)) {
      return opener.open(
          reader, ref.entry(), pack, ref.entry().offset(), ref.chunkId(), ref.length());
    }
  }
}
