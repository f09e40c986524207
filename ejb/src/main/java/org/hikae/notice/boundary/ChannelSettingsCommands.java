package org.hikae.notice.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.control.ChannelChange;
import org.hikae.notice.control.ChannelSettingsCodec;
import org.hikae.notice.entity.ChannelSetting;
import org.hikae.notice.service.ChannelDraftReader;
import org.hikae.notice.service.ChannelSettingsApproval;
import org.hikae.notice.service.ChannelSettingsReader;
import org.hikae.notice.service.ChannelSettingsSealer;
import org.hikae.notice.service.ChannelSettingsWriter;
import org.hikae.notice.service.SecondAdministrator;
import org.hikae.notice.store.ChannelSettingStore;
import org.hikae.notice.value.ChannelOrigin;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.view.ChannelEditConflict;
import org.hikae.notice.view.ChannelFault;
import org.hikae.notice.view.ChannelSettingsView;
import org.hikae.notice.view.PutChannel;
import org.hikae.notice.view.PutChannelResult;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.ChannelAddress;
import org.hikae.runtime.control.SmtpAddress;
import org.hikae.runtime.control.WebhookAddress;
import org.jspecify.annotations.Nullable;

/**
 * Administrators enter where mail and webhook lead, unless the environment says so. Whoever changes
 * it names the edition they saw. Once a message went out by it, a change waits for a second
 * administrator: somebody might hear less of what is critical.
 */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class ChannelSettingsCommands {

  @Inject private ChannelSettingStore store;
  @Inject private ChannelSettingsReader reader;
  @Inject private ChannelDraftReader drafts;
  @Inject private ChannelSettingsSealer sealer;
  @Inject private ChannelSettingsWriter writer;
  @Inject private SecondAdministrator second;

  /** Where a channel leads, without secrets. */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  public ChannelSettingsView settings(NoticeChannel channel) {
    return view(store.find(channel));
  }

  /** What is wrong with settings that are being entered, if anything is. */
  public Optional<ChannelFault> fault(NoticeChannel channel, PutChannel put) {
    return drafts.fault(channel, put);
  }

  /**
   * Enters settings, or asks a second administrator.
   *
   * @param edition the one that the caller saw
   */
  public PutChannelResult put(NoticeChannel channel, @Nullable Long edition, PutChannel put) {
    ChannelSetting setting = lock(channel, edition);
    ChannelAddress becomes = drafts.read(channel, put);
    ChannelAddress was = reader.kept(setting).orElse(null);
    if (becomes.equals(was)) {
      return new PutChannelResult.Made(view(setting));
    }
    byte[] sealed = sealer.seal(channel, becomes);
    if (setting.workedAt() != null) {
      String text = ChannelChange.to(channel, setting.edition(), sealed).text(was, becomes);
      return new PutChannelResult.Waits(second.ask(ChannelSettingsApproval.KIND, text));
    }
    writer.put(setting, sealed, becomes, Map.of());
    return new PutChannelResult.Made(view(setting));
  }

  /** Removes what was entered, or asks a second administrator. */
  public PutChannelResult remove(NoticeChannel channel, @Nullable Long edition) {
    ChannelSetting setting = lock(channel, edition);
    if (setting.workedAt() != null) {
      ChannelChange change = new ChannelChange(channel, setting.edition(), null);
      return new PutChannelResult.Waits(
          second.ask(ChannelSettingsApproval.KIND, change.text(null, null)));
    }
    if (setting.sealed() != null) {
      writer.remove(setting, Map.of());
    }
    return new PutChannelResult.Made(view(setting));
  }

  private ChannelSetting lock(NoticeChannel channel, @Nullable Long edition) {
    if (reader.environment(channel) != null) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    ChannelSetting setting = store.lock(channel);
    if (edition == null) {
      throw Refusal.malformed("If-Match must name the edition that you saw.");
    }
    if (edition != setting.edition()) {
      throw Refusal.with(ProblemCode.EDITED_MEANWHILE, new ChannelEditConflict(view(setting)));
    }
    return setting;
  }

  private ChannelSettingsView view(ChannelSetting setting) {
    NoticeChannel channel = setting.channel();
    ChannelAddress environment = reader.environment(channel);
    ChannelAddress kept = reader.kept(setting).orElse(null);
    ChannelAddress holding = environment == null ? kept : environment;
    SmtpAddress smtp = holding instanceof SmtpAddress address ? address : null;
    return new ChannelSettingsView(
        channel,
        origin(environment, setting),
        setting.edition(),
        environment != null || setting.sealed() == null || kept != null,
        smtp == null ? null : smtp.host(),
        smtp == null ? null : smtp.port(),
        smtp == null ? null : smtp.security(),
        smtp == null ? null : smtp.from(),
        smtp == null || smtp.user().isEmpty() ? null : smtp.user(),
        holding instanceof WebhookAddress webhook
            ? ChannelSettingsCodec.shown(webhook.url())
            : null,
        setting.changedAt(),
        setting.workedAt());
  }

  private static ChannelOrigin origin(
      @Nullable ChannelAddress environment, ChannelSetting setting) {
    if (environment != null) {
      return ChannelOrigin.ENVIRONMENT;
    }
    return setting.sealed() == null ? ChannelOrigin.NOBODY : ChannelOrigin.PORTAL;
  }
}
