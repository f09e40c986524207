package org.hikae.notice.faces;

import jakarta.annotation.PostConstruct;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import org.hikae.notice.boundary.ChannelSettingsCommands;
import org.hikae.notice.boundary.ChannelTestCommands;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.view.ChannelEditConflict;
import org.hikae.notice.view.ChannelFault;
import org.hikae.notice.view.PutChannelResult;
import org.hikae.notice.view.TestChannel;
import org.hikae.problem.control.Refusal;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/** Where administrators enter where mail and webhook lead, and try it. */
@Named
@ViewScoped
public class ChannelSettingsPage implements Serializable {

  private static final String BUNDLE = "ntc";
  private static final String SELF = "/admin/notice-channels?faces-redirect=true";

  @Inject private ChannelSettingsCommands commands;
  @Inject private ChannelTestCommands channelTests;
  @Inject private Banner banner;

  private ChannelForm mail;
  private ChannelForm webhook;

  /** Reads what holds. */
  @PostConstruct
  void load() {
    mail = new ChannelForm(commands.settings(NoticeChannel.MAIL));
    webhook = new ChannelForm(commands.settings(NoticeChannel.WEBHOOK));
  }

  /** Sends a message by what is being entered, or by what the environment says. */
  public void test(ChannelForm form) {
    form.tested(null);
    try {
      if (form.isFromEnvironment() || !isFaulty(form)) {
        TestChannel test =
            new TestChannel(form.getChannel(), form.isFromEnvironment() ? null : form.put());
        String language = FacesContext.getCurrentInstance().getViewRoot().getLocale().getLanguage();
        form.tested(channelTests.run(test, language));
      }
    } catch (Refusal refusal) {
      banner.show(refusal);
    } finally {
      form.forget();
    }
  }

  /** Keeps what is being entered, or asks a second administrator. */
  public @Nullable String save(ChannelForm form) {
    form.tested(null);
    if (isFaulty(form)) {
      form.forget();
      return null;
    }
    try {
      return ended(
          commands.put(form.getChannel(), form.edition(), form.put()), "channel.done.save");
    } catch (Refusal refusal) {
      return refused(form, refusal);
    } finally {
      form.forget();
    }
  }

  /** Forgets what was entered, or asks a second administrator. */
  public @Nullable String remove(ChannelForm form) {
    try {
      return ended(commands.remove(form.getChannel(), form.edition()), "channel.done.remove");
    } catch (Refusal refusal) {
      return refused(form, refusal);
    }
  }

  private String ended(PutChannelResult result, String done) {
    banner.say(BUNDLE, result instanceof PutChannelResult.Waits ? "channel.done.waits" : done);
    return SELF;
  }

  private @Nullable String refused(ChannelForm form, Refusal refusal) {
    if (refusal.details() instanceof ChannelEditConflict edited) {
      form.overtaken(edited.current());
      banner.warn(BUNDLE, "channel.overtaken");
    } else {
      banner.show(refusal);
    }
    return null;
  }

  /** Says at its field what cannot be meant. */
  private boolean isFaulty(ChannelForm form) {
    Optional<ChannelFault> fault = commands.fault(form.getChannel(), form.put());
    fault.ifPresent(
        found -> {
          String text = Banner.texts(BUNDLE).getString("channel.fault." + found);
          FacesContext.getCurrentInstance()
              .addMessage(
                  form.getChannel().name().toLowerCase(Locale.ROOT) + ":" + field(found),
                  new FacesMessage(FacesMessage.SEVERITY_ERROR, text, null));
        });
    return fault.isPresent();
  }

  private static String field(ChannelFault fault) {
    return fault == ChannelFault.IN_CLEAR ? "security" : fault.name().toLowerCase(Locale.ROOT);
  }

  /** Mail. */
  public ChannelForm getMail() {
    return mail;
  }

  /** The webhook. */
  public ChannelForm getWebhook() {
    return webhook;
  }
}
