package org.hikae.notice.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.hikae.notice.control.ChannelChange;
import org.hikae.notice.entity.ChannelSetting;
import org.hikae.notice.store.ChannelSettingStore;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.ChannelAddress;

/** Changes channels that have worked, as two administrators want it. */
@ApplicationScoped
public class ChannelSettingsApproval {

  /** What such a change is called. */
  public static final String KIND = "notice-channel.change";

  @Inject private ChannelSettingStore store;
  @Inject private ChannelSettingsReader reader;
  @Inject private ChannelSettingsSealer sealer;
  @Inject private ChannelSettingsWriter writer;

  /**
   * Makes a change, in the transaction in which it was approved. Refused when the channel was
   * changed since it was asked for, or the key with which it was sealed, and while the environment
   * says where it leads.
   *
   * @param change what was asked for and approved
   * @param requestedBy {@code sub} of who asked, for the trail
   */
  public void carryOut(String change, String requestedBy) {
    ChannelChange parsed = ChannelChange.parse(change);
    ChannelSetting setting = store.lock(parsed.channel());
    if (setting.edition() != parsed.edition() || reader.environment(parsed.channel()) != null) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    Map<String, String> more = Map.of("requestedBy", requestedBy);
    byte[] sealed = parsed.bytes();
    if (sealed == null) {
      writer.remove(setting, more);
    } else {
      ChannelAddress becomes =
          sealer.open(parsed.channel(), sealed).orElseThrow(() -> Refusal.of(ProblemCode.CONFLICT));
      writer.put(setting, sealed, becomes, more);
    }
  }
}
