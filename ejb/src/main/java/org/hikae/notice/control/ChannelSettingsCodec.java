package org.hikae.notice.control;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.runtime.control.ChannelAddress;
import org.hikae.runtime.control.SmtpAddress;
import org.hikae.runtime.control.WebhookAddress;
import org.jspecify.annotations.Nullable;

/** Settings of a channel as they are sealed, and what of them may be shown. */
public final class ChannelSettingsCodec {

  private static final String HOST = "host";
  private static final String PORT = "port";
  private static final String SECURITY = "security";
  private static final String SENDER = "sender";
  private static final String USER = "user";
  private static final String PASSWORD = "password";
  private static final String URL = "url";
  private static final String SECRET = "secret";

  private ChannelSettingsCodec() {}

  /** With all secrets, to be sealed. */
  public static byte[] bytes(ChannelAddress settings) {
    JsonObject json =
        switch (settings) {
          case SmtpAddress smtp ->
              Json.createObjectBuilder()
                  .add(HOST, smtp.host())
                  .add(PORT, smtp.port())
                  .add(SECURITY, smtp.security().name())
                  .add(SENDER, smtp.from())
                  .add(USER, smtp.user())
                  .add(PASSWORD, smtp.password())
                  .build();
          case WebhookAddress webhook ->
              Json.createObjectBuilder()
                  .add(URL, webhook.url().toString())
                  .add(SECRET, webhook.secret())
                  .build();
        };
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads what {@link #bytes} wrote: a {@link SmtpAddress} or a {@link WebhookAddress}. */
  public static ChannelAddress parse(NoticeChannel channel, byte[] bytes) {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
      JsonObject json = reader.readObject();
      return switch (channel) {
        case MAIL ->
            new SmtpAddress(
                json.getString(HOST),
                json.getInt(PORT),
                SmtpAddress.Security.parse(json.getString(SECURITY)),
                json.getString(USER),
                json.getString(PASSWORD),
                json.getString(SENDER));
        case WEBHOOK -> new WebhookAddress(URI.create(json.getString(URL)), json.getString(SECRET));
      };
    }
  }

  /** What may be shown of them, in the order of the form. */
  public static Map<String, String> facts(@Nullable ChannelAddress settings) {
    Map<String, String> facts = new LinkedHashMap<>();
    if (settings instanceof SmtpAddress smtp) {
      facts.put(HOST, smtp.host());
      facts.put(PORT, Integer.toString(smtp.port()));
      facts.put(SECURITY, smtp.security().name());
      facts.put(SENDER, smtp.from());
      facts.put(USER, smtp.user());
    } else if (settings instanceof WebhookAddress webhook) {
      facts.put(URL, shown(webhook.url()));
    }
    return facts;
  }

  /** Where the server of a webhook is; many have a secret in the rest of their address. */
  public static String shown(URI url) {
    String port = url.getPort() == -1 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port + "/…";
  }

  /**
   * What differs, for the audit trail: old and new, of secrets, logins and the address of the
   * webhook only that.
   */
  public static Map<String, String> changes(
      @Nullable ChannelAddress was, @Nullable ChannelAddress becomes) {
    Map<String, String> before = facts(was);
    Map<String, String> after = facts(becomes);
    Map<String, String> changes = new TreeMap<>();
    for (String name : new String[] {HOST, PORT, SECURITY, SENDER, URL}) {
      String old = before.getOrDefault(name, "–");
      String now = after.getOrDefault(name, "–");
      if (!old.equals(now)) {
        changes.put(name, old + " → " + now);
      }
    }
    if (becomes != null) {
      hidden(was, becomes).forEach(name -> changes.putIfAbsent(name, "→ …"));
    }
    return changes;
  }

  /** Which of what is not shown differ. */
  public static List<String> hidden(@Nullable ChannelAddress was, ChannelAddress becomes) {
    Map<String, String> before = secrets(was);
    Map<String, String> after = secrets(becomes);
    return after.keySet().stream()
        .filter(name -> !after.getOrDefault(name, "").equals(before.getOrDefault(name, "")))
        .toList();
  }

  private static Map<String, String> secrets(@Nullable ChannelAddress settings) {
    Map<String, String> secrets = new LinkedHashMap<>();
    if (settings instanceof SmtpAddress smtp) {
      secrets.put(USER, smtp.user());
      secrets.put(PASSWORD, smtp.password());
    } else if (settings instanceof WebhookAddress webhook) {
      secrets.put(URL, webhook.url().toString());
      secrets.put(SECRET, webhook.secret());
    }
    return secrets;
  }
}
