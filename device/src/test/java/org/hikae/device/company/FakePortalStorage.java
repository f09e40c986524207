package org.hikae.device.company;

import static org.hikae.device.company.FakePortalResponses.bytes;
import static org.hikae.device.company.FakePortalResponses.json;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.MissingAnswer;
import org.hikae.backup.wire.MissingQuery;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentJson;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.InMemoryBackupStore;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;

/** What a pretended portal stores: a series of each device, the objects of all together. */
public final class FakePortalStorage {

  private final Map<Hash256, byte[]> objects = new HashMap<>();
  private final Map<String, InMemoryBackupStore> stores = new LinkedHashMap<>();
  private final List<String> committed = new ArrayList<>();
  private InMemoryBackupStore first = new InMemoryBackupStore(new byte[16]);
  private final Map<String, RefusedAnswer> refusals = new HashMap<>();
  private UnaryOperator<List<SnapshotView>> lists = honest -> honest;
  private int handedOut = Integer.MAX_VALUE;

  /**
   * What is answered in place of something.
   *
   * @param times how often; afterwards it is handed out
   */
  private record RefusedAnswer(int status, AtomicInteger times) {}

  /** The next requests for what has such an address are answered so. */
  public void refuses(String path, int status, int times) {
    refusals.put(path, new RefusedAnswer(status, new AtomicInteger(times)));
  }

  /** From now on snapshots are listed so, in place of newest first. */
  public void lists(UnaryOperator<List<SnapshotView>> other) {
    lists = other;
  }

  /** From now on the list ends after so many: the page behind them is not handed out. */
  public void listsNoMoreThan(int snapshots) {
    handedOut = snapshots;
  }

  /** A device gets a series. */
  void enrols(byte[] id) {
    if (stores.isEmpty()) {
      first = new InMemoryBackupStore(id, objects);
      stores.put(TextCodec.hex(id), first);
    } else {
      stores.computeIfAbsent(TextCodec.hex(id), any -> new InMemoryBackupStore(id, objects));
    }
  }

  /** Of the device that enrolled first. */
  InMemoryBackupStore first() {
    return first;
  }

  public InMemoryBackupStore of(String deviceId) {
    return stores.getOrDefault(deviceId, first);
  }

  /** It has these objects. */
  void holds(Map<Hash256, byte[]> given) {
    objects.putAll(given);
  }

  /** It has this snapshot, made by a device that has enrolled. */
  void holds(String deviceId, CommitSnapshot commit) throws BackupStoreException {
    keep(of(deviceId), commit);
  }

  private SnapshotView keep(InMemoryBackupStore own, CommitSnapshot commit)
      throws BackupStoreException {
    SnapshotView view = own.commit(commit);
    committed.remove(view.snapshotId());
    committed.add(view.snapshotId());
    return view;
  }

  /** Answers about objects and snapshots as this device's portal. */
  void answer(
      HttpExchange exchange,
      String path,
      byte[] body,
      InMemoryBackupStore own,
      long generation,
      FakeCompany.RequestListener requestListener)
      throws IOException, BackupStoreException, MalformedException {
    String method = exchange.getRequestMethod();
    RefusedAnswer refusal = refusals.get(path);
    if (refusal != null && refusal.times().getAndDecrement() > 0) {
      String code =
          switch (refusal.status()) {
            case 404 -> "not-found";
            case 410 -> "snapshot-removed";
            default -> "internal";
          };
      exchange.getResponseHeaders().set("Retry-After", "60");
      FakeHttpServer.problem(exchange, refusal.status(), code);
    } else if (path.equals("/objects/missing")) {
      List<Hash256> names = new ArrayList<>();
      for (String name : AgentJson.mapper().readValue(body, MissingQuery.class).names()) {
        names.add(Hash256.parse(name));
      }
      Set<Hash256> missing = own.missing(names);
      json(exchange, 200, new MissingAnswer(missing.stream().map(Hash256::hex).toList()));
    } else if (path.startsWith("/objects/")) {
      Hash256 name = Hash256.parse(path.substring("/objects/".length()));
      if (method.equals("PUT")) {
        own.put(name, body);
        requestListener.done(FakeCompany.request(exchange), body);
        exchange.sendResponseHeaders(201, -1);
      } else {
        bytes(exchange, own.get(name));
      }
    } else if (path.equals("/snapshots") && method.equals("POST")) {
      CommitSnapshot commit = AgentJson.mapper().readValue(body, CommitSnapshot.class);
      if (commit.generation() == generation) {
        SnapshotView view = keep(own, commit);
        requestListener.done(FakeCompany.request(exchange), body);
        json(exchange, 201, view);
      } else {
        FakeHttpServer.problem(exchange, 409, "key-rotated");
      }
    } else if (path.endsWith("/release")) {
      String id = path.split("/", -1)[2];
      json(
          exchange,
          200,
          having(id)
              .releaseStatus(id, method.equals("POST") ? ReleaseState.HELD : ReleaseState.KEPT));
    } else if (path.equals("/snapshots")) {
      String query = exchange.getRequestURI().getRawQuery();
      String device = query.contains("device=") ? query.replaceAll(".*device=", "") : null;
      List<SnapshotView> list = lists.apply(listed(device));
      if (list.size() <= handedOut) {
        json(exchange, 200, new SnapshotPage(list, null));
      } else if (query.contains("after=")) {
        FakeHttpServer.problem(exchange, 500, "internal");
      } else {
        List<SnapshotView> page = list.subList(0, handedOut);
        json(exchange, 200, new SnapshotPage(page, page.getLast().snapshotId()));
      }
    } else {
      java.io.ByteArrayOutputStream names = new java.io.ByteArrayOutputStream();
      String id = path.split("/", -1)[2];
      having(id).objects(id).forEach(name -> names.writeBytes(name.toBytes()));
      bytes(exchange, names.toByteArray());
    }
  }

  /** What an honest portal lists. */
  public List<SnapshotView> listing() {
    return listed(null);
  }

  /** Newest commit first, whichever device made it. */
  private List<SnapshotView> listed(String device) {
    return stores.values().stream()
        .flatMap(each -> each.snapshots(device, null, 1000).snapshots().stream())
        .sorted(
            Comparator.comparingInt((SnapshotView view) -> committed.indexOf(view.snapshotId()))
                .reversed())
        .toList();
  }

  private InMemoryBackupStore having(String snapshotId) {
    return stores.values().stream()
        .filter(
            each ->
                each.committed().stream().anyMatch(view -> view.snapshotId().equals(snapshotId)))
        .findFirst()
        .orElse(first);
  }
}
