package org.hikae.ui.faces;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.util.List;

/** What the top of the page shows of what {@link Banner} says; fields show their own messages. */
@Named
@ApplicationScoped
public class BannerContent {

  /** Messages that tell what was done. */
  public List<FacesMessage> getNews() {
    return all().stream().filter(BannerContent::isNews).toList();
  }

  /** Messages that tell what was not done. */
  public List<FacesMessage> getTroubles() {
    return all().stream().filter(message -> !isNews(message)).toList();
  }

  /** The text of a message; Faces takes it for shown from here on. */
  public String tell(FacesMessage message) {
    message.rendered();
    return message.getSummary();
  }

  private static List<FacesMessage> all() {
    return FacesContext.getCurrentInstance().getMessageList(null);
  }

  private static boolean isNews(FacesMessage message) {
    return message.getSeverity().compareTo(FacesMessage.SEVERITY_INFO) == 0;
  }
}
