package org.hikae.notice.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.control.NoticeMessages;
import org.hikae.notice.control.OutgoingMessage;
import org.hikae.notice.control.TlsTrustFailure;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.runtime.control.WebhookAddress;
import org.hikae.runtime.service.Settings;

/**
 * Signed requests, with the headers of Standard Webhooks: {@code webhook-id}, which is the same at
 * each attempt, {@code webhook-timestamp} in seconds since 1970, and {@code webhook-signature}. No
 * redirect is followed, and nothing of the answer is read but its status.
 */
@ApplicationScoped
public class WebhookTransport implements NoticeTransport {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final String MAC = "HmacSHA256";

  @Inject private Settings settings;
  @Inject private Clock clock;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  @Override
  public boolean isConfigured() {
    return settings.webhook() != null;
  }

  @Override
  public void send(OutgoingMessage outgoingMessage) throws DeliveryException {
    WebhookAddress webhook = settings.webhook();
    if (webhook == null) {
      throw new DeliveryException(DeliveryFailure.NOT_CONFIGURED);
    }
    String body = body(outgoingMessage);
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    HttpRequest request =
        HttpRequest.newBuilder(webhook.url())
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .header("webhook-id", outgoingMessage.id())
            .header("webhook-timestamp", timestamp)
            .header(
                "webhook-signature",
                "v1," + sign(webhook.secret(), outgoingMessage.id() + '.' + timestamp + '.' + body))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    int status = status(request);
    if (status < 200 || status > 299) {
      throw new DeliveryException(DeliveryFailure.REFUSED);
    }
  }

  private int status(HttpRequest request) throws DeliveryException {
    try {
      HttpResponse<InputStream> answer =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      // Closed unread: the other side may send what it likes, for as long as it likes.
      answer.body().close();
      return answer.statusCode();
    } catch (IOException e) {
      throw new DeliveryException(
          TlsTrustFailure.isBehind(e) ? DeliveryFailure.UNTRUSTED : DeliveryFailure.UNREACHABLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryException(DeliveryFailure.UNREACHABLE);
    }
  }

  private static String body(OutgoingMessage outgoingMessage) {
    JsonArrayBuilder notices = Json.createArrayBuilder();
    for (OutgoingMessage.Content content : outgoingMessage.contents()) {
      JsonObjectBuilder detail = Json.createObjectBuilder();
      new TreeMap<>(content.detail()).forEach(detail::add);
      JsonObjectBuilder notice =
          Json.createObjectBuilder()
              .add("noticeId", content.noticeId())
              .add("kind", content.kind().code())
              .add("severity", content.kind().severity().name())
              .add("happenedAt", content.happenedAt().toString())
              .add("detail", detail)
              .add(
                  "text",
                  NoticeMessages.sentence(
                      content.kind(),
                      content.detail(),
                      outgoingMessage.to().language(),
                      outgoingMessage.zone()));
      if (content.employeeId() != null) {
        notice.add("employeeId", content.employeeId());
      }
      notices.add(notice);
    }
    return Json.createObjectBuilder().add("notices", notices).build().toString();
  }

  private static String sign(String secret, String signed) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(MAC + " is in every Java", e);
    }
  }
}
