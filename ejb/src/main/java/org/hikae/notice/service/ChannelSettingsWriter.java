package org.hikae.notice.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.notice.control.ChannelSettingsCodec;
import org.hikae.notice.entity.ChannelSetting;
import org.hikae.notice.store.ChannelSettingStore;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.runtime.control.ChannelAddress;
import org.jspecify.annotations.Nullable;

/** Keeps what administrators enter for channels, sealed, and leaves a trace of each change. */
@Stateless
@PermitAll
public class ChannelSettingsWriter {

  @Inject private ChannelSettingStore store;
  @Inject private ChannelSettingsReader reader;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /**
   * Enters settings, in the transaction of who may.
   *
   * @param setting held
   * @param becomes what {@code sealed} holds, for the trail
   * @param more what the trail says besides
   */
  public void put(
      ChannelSetting setting, byte[] sealed, ChannelAddress becomes, Map<String, String> more) {
    Map<String, String> changes =
        ChannelSettingsCodec.changes(reader.kept(setting).orElse(null), becomes);
    setting.put(sealed, clock.instant());
    record("notice.channel-edit", setting, changes, more);
  }

  /** Removes what was entered, in the transaction of who may. */
  public void remove(ChannelSetting setting, Map<String, String> more) {
    Map<String, String> changes =
        ChannelSettingsCodec.changes(reader.kept(setting).orElse(null), null);
    setting.remove(clock.instant());
    record("notice.channel-remove", setting, changes, more);
  }

  private void record(
      String action,
      ChannelSetting setting,
      Map<String, String> changes,
      Map<String, String> more) {
    Map<String, String> detail = new HashMap<>(changes);
    detail.putAll(more);
    detail.put("edition", Long.toString(setting.edition()));
    trail.record(action, object(setting.channel()), detail);
  }

  /**
   * Notes that a message went out by what was entered for a channel.
   *
   * @param edition by which it went; nothing is noted of one that was changed since
   */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void worked(NoticeChannel channel, long edition) {
    if (store.find(channel).workedAt() != null) {
      return;
    }
    ChannelSetting setting = store.lock(channel);
    if (setting.edition() == edition) {
      setting.worked(clock.instant());
    }
  }

  /**
   * Notes in the trail that the caller has tried a channel.
   *
   * @param tried what was tried, unless it is what holds
   * @param result in one word
   */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void tested(NoticeChannel channel, @Nullable ChannelAddress tried, String result) {
    Map<String, String> detail = new HashMap<>(ChannelSettingsCodec.facts(tried));
    detail.remove("user");
    detail.put("result", result);
    trail.record("notice.channel-test", object(channel), detail);
  }

  private static String object(NoticeChannel channel) {
    return "notice-channel:" + channel.name();
  }
}
