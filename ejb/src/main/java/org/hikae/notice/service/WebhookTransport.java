package org.hikae.notice.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.control.OutgoingMessage;
import org.hikae.notice.value.ChannelOrigin;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.runtime.control.ChannelAddress;
import org.hikae.runtime.control.WebhookAddress;

/** Signed requests to the company's own address, as {@link WebhookClient} makes them. */
@ApplicationScoped
public class WebhookTransport implements NoticeTransport {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  @Inject private ChannelSettingsReader channels;
  @Inject private ChannelSettingsWriter writer;
  @Inject private DestinationGuard guard;
  @Inject private Clock clock;

  private final WebhookClient client = new WebhookClient(CONNECT, ANSWER);

  @Override
  public boolean isConfigured() {
    return channels.origin(NoticeChannel.WEBHOOK) != ChannelOrigin.NOBODY;
  }

  @Override
  public void send(OutgoingMessage outgoingMessage) throws DeliveryException {
    ChannelSettingsReader.Holding holding = channels.holding(NoticeChannel.WEBHOOK);
    Long edition = holding.edition();
    if (edition == null) {
      client.send((WebhookAddress) holding.address(), outgoingMessage, clock.instant());
    } else {
      send(outgoingMessage, holding.address());
      writer.worked(NoticeChannel.WEBHOOK, edition);
    }
  }

  @Override
  public void send(OutgoingMessage outgoingMessage, ChannelAddress tried) throws DeliveryException {
    WebhookAddress webhook = (WebhookAddress) tried;
    guard.require(webhook.url().getHost());
    client.send(webhook, outgoingMessage, clock.instant());
  }
}
