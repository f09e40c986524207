package org.hikae.device.company;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.device.AgentJson;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.enrollment.transfer.wire.KeyTransferStep;
import org.hikae.enrollment.transfer.wire.KeyTransferView;
import org.hikae.enrollment.transfer.wire.OpenKeyTransfer;
import org.hikae.enrollment.wire.DeviceSession;

/** What a portal does with what two devices tell each other: it passes it on. */
public final class FakeKeyTransfers {

  /** Where every device seems to be. */
  public static final String ADDRESS = "192.0.2.7";

  private final Map<String, KeyTransferView> views = new LinkedHashMap<>();

  /** All that was ever said, of whichever transfer. */
  public List<KeyTransferMessage> said() {
    return views.values().stream().flatMap(view -> view.messages().stream()).toList();
  }

  /**
   * Answers.
   *
   * @param path below that of transfers
   */
  void answer(HttpExchange exchange, String path, byte[] body) throws IOException {
    String caller =
        exchange.getRequestHeaders().getFirst(DeviceSession.HEADER).replace("session-of-", "");
    String method = exchange.getRequestMethod();
    if (path.isEmpty()) {
      FakePortalResponses.json(
          exchange,
          200,
          views.values().stream().filter(view -> !view.deviceId().equals(caller)).toList());
    } else if (method.equals("PUT")) {
      opens(path.substring(1), caller, AgentJson.mapper().readValue(body, OpenKeyTransfer.class));
      exchange.sendResponseHeaders(204, -1);
    } else if (method.equals("POST")) {
      String id = path.substring(1, path.indexOf('/', 1));
      says(id, AgentJson.mapper().readValue(body, KeyTransferMessage.class));
      exchange.sendResponseHeaders(204, -1);
    } else if (views.containsKey(path.substring(1))) {
      FakePortalResponses.json(exchange, 200, views.get(path.substring(1)));
    } else {
      FakeHttpServer.problem(exchange, 404, "not-found");
    }
  }

  private void opens(String id, String device, OpenKeyTransfer request) {
    Instant end = FakeCompany.NOW.plusSeconds(600);
    views.put(
        id,
        new KeyTransferView(
            id, request.setId(), device, "device", ADDRESS, FakeCompany.NOW, end, List.of()));
    says(id, new KeyTransferMessage(1, KeyTransferStep.OFFER, request.offer()));
  }

  private void says(String id, KeyTransferMessage message) {
    KeyTransferView view = views.get(id);
    List<KeyTransferMessage> messages = new ArrayList<>(view.messages());
    messages.removeIf(each -> each.number() == message.number());
    messages.add(message);
    views.put(
        id,
        new KeyTransferView(
            id,
            view.setId(),
            view.deviceId(),
            view.deviceName(),
            view.address(),
            view.openedAt(),
            view.expiresAt(),
            messages));
  }
}
