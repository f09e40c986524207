package org.hikae.ui.faces;

import jakarta.faces.component.UIComponent;
import jakarta.faces.context.ResponseWriter;
import jakarta.faces.context.ResponseWriterWrapper;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is within script elements as {@link ScriptText}, whatever wrote it: components,
 * PrimeFaces, or what it gathers of event handlers.
 */
class ScriptWriter extends ResponseWriterWrapper {

  private static final String SCRIPT = "script";

  /**
   * The script that is being written; null outside of one. It is kept because it comes in parts.
   */
  private @Nullable StringBuilder script;

  ScriptWriter(ResponseWriter wrapped) {
    super(wrapped);
  }

  @Override
  public void startElement(String name, UIComponent component) throws IOException {
    getWrapped().startElement(name, component);
    if (SCRIPT.equalsIgnoreCase(name)) {
      script = new StringBuilder();
    }
  }

  @Override
  public void endElement(String name) throws IOException {
    StringBuilder whole = script;
    if (whole != null && SCRIPT.equalsIgnoreCase(name)) {
      script = null;
      if (!whole.isEmpty()) {
        getWrapped().write(ScriptText.of(whole));
      }
    }
    getWrapped().endElement(name);
  }

  @Override
  public void write(int character) throws IOException {
    if (script == null) {
      getWrapped().write(character);
    } else {
      script.append((char) character);
    }
  }

  @Override
  public void write(char[] text) throws IOException {
    write(text, 0, text.length);
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    if (script == null) {
      getWrapped().write(text, from, length);
    } else {
      script.append(text, from, length);
    }
  }

  @Override
  public void write(String text) throws IOException {
    if (script == null) {
      getWrapped().write(text);
    } else {
      script.append(text);
    }
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    write(text.substring(from, from + length));
  }

  @Override
  public void writeText(Object text, String property) throws IOException {
    if (script == null) {
      getWrapped().writeText(text, property);
    } else {
      script.append(text);
    }
  }

  @Override
  public void writeText(Object text, UIComponent component, String property) throws IOException {
    if (script == null) {
      getWrapped().writeText(text, component, property);
    } else {
      script.append(text);
    }
  }

  @Override
  public void writeText(char[] text, int from, int length) throws IOException {
    if (script == null) {
      getWrapped().writeText(text, from, length);
    } else {
      script.append(text, from, length);
    }
  }

  @Override
  public ResponseWriter cloneWithWriter(Writer writer) {
    return new ScriptWriter(getWrapped().cloneWithWriter(writer));
  }
}
