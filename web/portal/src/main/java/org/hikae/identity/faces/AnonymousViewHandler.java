package org.hikae.identity.faces;

import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;

/**
 * Keeps nothing of what is shown to somebody who has not signed in: there is no session that could
 * keep it. Said here, because PrimeFaces keeps something of a view before the page itself could say
 * that it is transient.
 */
public class AnonymousViewHandler extends ViewHandlerWrapper {

  /** What makes the views. */
  public AnonymousViewHandler(ViewHandler others) {
    super(others);
  }

  @Override
  public UIViewRoot createView(FacesContext faces, String id) {
    UIViewRoot view = getWrapped().createView(faces, id);
    if (faces.getExternalContext().getUserPrincipal() == null) {
      view.setTransient(true);
    }
    return view;
  }
}
