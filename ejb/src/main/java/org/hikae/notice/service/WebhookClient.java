package org.hikae.notice.service;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
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

/**
 * Sends signed requests, with the headers of Standard Webhooks: {@code webhook-id}, which is the
 * same at each attempt, {@code webhook-timestamp} in seconds since 1970, and {@code
 * webhook-signature}. No redirect is followed, and nothing of the answer is read but its status.
 */
final class WebhookClient {

  private static final String MAC = "HmacSHA256";

  private final HttpClient http;
  private final Duration answer;

  /**
   * A client.
   *
   * @param connect how long connecting may take
   * @param answer how long the receiver may take to answer
   */
  WebhookClient(Duration connect, Duration answer) {
    this.answer = answer;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connect)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  void send(WebhookAddress webhook, OutgoingMessage outgoingMessage, Instant now)
      throws DeliveryException {
    String body = body(outgoingMessage);
    String timestamp = Long.toString(now.getEpochSecond());
    HttpRequest request =
        HttpRequest.newBuilder(webhook.url())
            .timeout(answer)
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
      boolean elsewhere = status >= 300 && status <= 399;
      throw new DeliveryException(
          elsewhere ? DeliveryFailure.REDIRECTED : DeliveryFailure.REFUSED, "HTTP " + status);
    }
  }

  private int status(HttpRequest request) throws DeliveryException {
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      // Closed unread: the other side may send what it likes, for as long as it likes.
      response.body().close();
      return response.statusCode();
    } catch (IOException e) {
      throw new DeliveryException(failure(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryException(DeliveryFailure.UNREACHABLE);
    }
  }

  private static DeliveryFailure failure(IOException e) {
    if (TlsTrustFailure.isBehind(e)) {
      return DeliveryFailure.UNTRUSTED;
    }
    if (e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException)) {
      return DeliveryFailure.SILENT;
    }
    return isUnknownHost(e) ? DeliveryFailure.UNKNOWN_HOST : DeliveryFailure.UNREACHABLE;
  }

  /** The client tells an unknown name as a connection that failed, by its cause. */
  private static boolean isUnknownHost(IOException e) {
    return e.getCause() instanceof UnresolvedAddressException
        || (e.getCause() != null && e.getCause().getCause() instanceof UnresolvedAddressException);
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
