package org.hikae.notice.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import org.hikae.notice.control.ChannelSettingsParser;
import org.hikae.notice.store.ChannelSettingStore;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.view.ChannelFault;
import org.hikae.notice.view.PutChannel;
import org.hikae.runtime.control.ChannelAddress;
import org.hikae.runtime.control.SmtpAddress;
import org.hikae.runtime.control.WebhookAddress;
import org.jspecify.annotations.Nullable;

/** Reads what an administrator enters for a channel, with what was kept for what is left out. */
@Stateless
@PermitAll
public class ChannelDraftReader {

  @Inject private ChannelSettingStore store;
  @Inject private ChannelSettingsReader reader;

  /** What is wrong, if anything is. */
  public Optional<ChannelFault> fault(NoticeChannel channel, PutChannel put) {
    return ChannelSettingsParser.fault(channel, put, kept(channel));
  }

  /**
   * What is meant: a {@link SmtpAddress} or a {@link WebhookAddress}.
   *
   * @throws org.hikae.problem.control.Refusal when it cannot be meant; says why
   */
  public ChannelAddress read(NoticeChannel channel, PutChannel put) {
    ChannelAddress kept = kept(channel);
    return switch (channel) {
      case MAIL -> ChannelSettingsParser.mail(put, kept instanceof SmtpAddress smtp ? smtp : null);
      case WEBHOOK ->
          ChannelSettingsParser.webhook(put, kept instanceof WebhookAddress hook ? hook : null);
    };
  }

  private @Nullable ChannelAddress kept(NoticeChannel channel) {
    return reader.kept(store.find(channel)).orElse(null);
  }
}
