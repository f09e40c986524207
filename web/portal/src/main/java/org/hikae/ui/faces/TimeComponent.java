package org.hikae.ui.faces;

import jakarta.faces.component.FacesComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import java.time.Instant;

/** {@code hk:time}: a time in the reader's own zone; a dash for none. */
@FacesComponent("hikae.Time")
public class TimeComponent extends DisplayComponent {

  @Override
  protected void write(FacesContext context, ResponseWriter out) throws IOException {
    Instant time = (Instant) attribute("value");
    if (time == null) {
      writeNone(context, out);
      return;
    }
    out.startElement("time", null);
    out.writeAttribute("class", "hk-time", null);
    out.writeAttribute("datetime", DisplayText.iso(time), null);
    out.writeText(DisplayText.utc(time), null);
    out.endElement("time");
  }
}
