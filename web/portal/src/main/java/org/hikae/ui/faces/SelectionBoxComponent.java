package org.hikae.ui.faces;

import jakarta.faces.component.FacesComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;

/** {@code hk:mark}: the box by which a row of a list is selected. */
@FacesComponent("hikae.Mark")
public class SelectionBoxComponent extends DisplayComponent {

  @Override
  protected void write(FacesContext context, ResponseWriter out) throws IOException {
    out.startElement("input", null);
    out.writeAttribute("type", "checkbox", null);
    out.writeAttribute("class", "hk-mark", null);
    out.writeAttribute("data-mark", attribute("value"), null);
    out.writeAttribute("aria-label", attribute("label"), null);
    if (Boolean.TRUE.equals(attribute("on"))) {
      out.writeAttribute("checked", "checked", null);
    }
    out.writeAttribute("autocomplete", "off", null);
    out.endElement("input");
  }
}
