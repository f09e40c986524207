package org.hikae.notice.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.hikae.notice.value.NoticeChannel;

/** The ways out of the portal. */
@ApplicationScoped
public class NoticeTransports {

  @Inject private MailTransport mail;
  @Inject private WebhookTransport webhook;

  /** The way that is called so. */
  public NoticeTransport of(NoticeChannel channel) {
    return switch (channel) {
      case MAIL -> mail;
      case WEBHOOK -> webhook;
    };
  }
}
